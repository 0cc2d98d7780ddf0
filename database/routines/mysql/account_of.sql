-- What the server knows of a name. Somebody else's: any account of that name that is not this practice's person,
-- who is known by the practice's role for persons. Also whether they hold the wanted role, and any other one.
CREATE PROCEDURE account_of(
    IN the_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN wanted VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    OUT is_foreign BOOL, OUT is_ours BOOL, OUT has_wanted BOOL,
    OUT other_role VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)
    READS SQL DATA
BEGIN
    DECLARE anywhere VARCHAR(1) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT CHAR(37 USING utf8mb4);
    DECLARE person_role VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT CONCAT(DATABASE(), '_person');
    DECLARE known, elsewhere INT;
    SELECT COALESCE(SUM(Host = anywhere), 0), COALESCE(SUM(Host <> anywhere), 0) INTO known, elsewhere
    FROM mysql.user WHERE User = the_name;
    IF LOCATE('MariaDB', VERSION()) > 0 THEN
        SELECT COALESCE(SUM(`Role` = person_role), 0) > 0, COALESCE(SUM(`Role` = wanted), 0) > 0,
               MAX(CASE WHEN `Role` NOT IN (person_role, wanted) THEN `Role` END)
        INTO is_ours, has_wanted, other_role
        FROM mysql.roles_mapping
        WHERE User = the_name AND Host = anywhere
          AND `Role` IN (person_role, CONCAT(DATABASE(), '_healer'), CONCAT(DATABASE(), '_front_desk'),
                         CONCAT(DATABASE(), '_healer_desk'), CONCAT(DATABASE(), '_admin'));
    ELSE
        SELECT COALESCE(SUM(FROM_USER = person_role), 0) > 0, COALESCE(SUM(FROM_USER = wanted), 0) > 0,
               MAX(CASE WHEN FROM_USER NOT IN (person_role, wanted) THEN FROM_USER END)
        INTO is_ours, has_wanted, other_role
        FROM mysql.role_edges
        WHERE TO_USER = the_name AND TO_HOST = anywhere AND FROM_HOST = anywhere
          AND FROM_USER IN (person_role, CONCAT(DATABASE(), '_healer'), CONCAT(DATABASE(), '_front_desk'),
                            CONCAT(DATABASE(), '_healer_desk'), CONCAT(DATABASE(), '_admin'));
    END IF;
    SET is_ours = is_ours AND known > 0;
    SET is_foreign = elsewhere > 0 OR known > is_ours;
END
