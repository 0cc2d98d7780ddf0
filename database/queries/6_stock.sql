-- What is sold, the emptiest shelf first, page by page. Low is less than the product's own level.
-- Written from the program's own statement by scripts/seed.
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;
SELECT products.uuid, products.product_name, products.product_type, products.product_category, products.sku,
    products.stock_quantity, products.reorder_level, products.price, products.id
FROM products
WHERE products.is_active = true
ORDER BY products.stock_quantity, products.id
LIMIT 60;
