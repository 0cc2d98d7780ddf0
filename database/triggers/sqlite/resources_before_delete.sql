-- Resources are archived. A new one for the same healer would have none of the slots that are taken.
CREATE TRIGGER resources_before_delete BEFORE DELETE ON resources
BEGIN
    SELECT raise(ABORT, 'avenrae:resource_is_fixed');
END
