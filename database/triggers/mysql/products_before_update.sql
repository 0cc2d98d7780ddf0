-- Items name the product.
CREATE TRIGGER products_before_update BEFORE UPDATE ON products FOR EACH ROW
    IF NEW.id <> OLD.id THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:key_is_fixed';
    END IF
