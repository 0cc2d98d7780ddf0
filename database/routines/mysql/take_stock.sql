-- Takes so many of a product from the shelf, or puts them back where the number is below zero. Called by the triggers of
-- order_items only. It signals, because an outer INSERT IGNORE turns a CHECK that fails into a warning.
CREATE PROCEDURE take_stock(IN product INT, IN taken INT)
    MODIFIES SQL DATA
BEGIN
    DECLARE on_hand INT;
    IF taken <> 0 THEN
        SELECT stock_quantity INTO on_hand FROM products WHERE id = product FOR UPDATE;
        IF on_hand IS NULL OR on_hand < taken THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:out_of_stock';
        END IF;
        UPDATE products SET stock_quantity = stock_quantity - taken WHERE id = product;
    END IF;
END
