SELECT product_name, product_category, stock_quantity, price,
       CASE 
         WHEN stock_quantity = 0 THEN 'Out of Stock'
         WHEN stock_quantity < 10 THEN 'Low Stock'
         ELSE 'In Stock'
       END as stock_status
FROM products
WHERE is_active = TRUE
ORDER BY stock_quantity ASC;
