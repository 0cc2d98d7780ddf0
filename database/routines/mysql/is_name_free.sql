-- Whether an account of this sign-in name can be made: the server has none, whosever it would be.
CREATE PROCEDURE is_name_free(IN the_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)
    READS SQL DATA
BEGIN
    SELECT NOT EXISTS (SELECT 1 FROM mysql.user WHERE User = the_name) AS is_free;
END
