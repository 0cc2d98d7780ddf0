CREATE TRIGGER commands_before_delete BEFORE DELETE ON commands FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:append_only'
