-- Runs a statement that was put together; only the other routines may. It may hold a one-time code, and the variable
-- and the prepared statement are the session's: neither is left behind.
CREATE PROCEDURE run_statement(IN statement_text TEXT CHARACTER SET utf8mb4)
    MODIFIES SQL DATA
BEGIN
    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        BEGIN
            DECLARE CONTINUE HANDLER FOR 1243 BEGIN END;
            SET @avenrae_statement = NULL;
            DEALLOCATE PREPARE avenrae_statement;
        END;
        RESIGNAL;
    END;
    SET @avenrae_statement = statement_text;
    PREPARE avenrae_statement FROM @avenrae_statement;
    SET @avenrae_statement = NULL;
    EXECUTE avenrae_statement;
    DEALLOCATE PREPARE avenrae_statement;
END
