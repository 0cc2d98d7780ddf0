-- The role that an account works with as soon as it signs in.
CREATE PROCEDURE default_role(
    IN account TEXT CHARACTER SET utf8mb4, IN the_role VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)
    MODIFIES SQL DATA
BEGIN
    IF LOCATE('MariaDB', VERSION()) > 0 THEN
        CALL run_statement(CONCAT('SET DEFAULT ROLE `', the_role, '` FOR ', account));
    ELSE
        CALL run_statement(CONCAT('ALTER USER ', account, ' DEFAULT ROLE `', the_role, '`'));
    END IF;
END
