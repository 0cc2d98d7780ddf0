-- Runs a statement that was put together; only the other routines may.
CREATE PROCEDURE run_statement(IN statement_text TEXT CHARACTER SET utf8mb4)
    MODIFIES SQL DATA
BEGIN
    SET @avenrae_statement = statement_text;
    PREPARE avenrae_statement FROM @avenrae_statement;
    -- It may hold a one-time code, and this variable is the session's.
    SET @avenrae_statement = NULL;
    EXECUTE avenrae_statement;
    DEALLOCATE PREPARE avenrae_statement;
END
