-- Generated from the models, database/{routines,triggers}/mysql and db/server/rights.py by scripts/schema.
-- mysql -u root -p < database/schema.sql
SET NAMES utf8mb4;
-- Routines keep it; with other modes of quoting they would put statements together wrongly.
SET SESSION sql_mode = 'STRICT_TRANS_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO';
CREATE DATABASE IF NOT EXISTS avenrae_db CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
USE avenrae_db;

-- A database that holds something is left as it is: the message, and an error on which the client stops.
SET @avenrae_holds = (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'avenrae_db');
SET @avenrae_say = IF(@avenrae_holds = 0, 'DO 0', CONCAT('SELECT ', QUOTE(CONCAT(
    'avenrae_db holds ', @avenrae_holds, ' tables already. Nothing was changed. To begin anew, drop it first;'
    ' to make a practice in it whole, run: avenrae server init')), ' AS stopped'));
PREPARE avenrae_statement FROM @avenrae_say;
EXECUTE avenrae_statement;
SET @avenrae_stop = IF(@avenrae_holds = 0, 'DO 0', 'SELECT 1 FROM `holds tables already. Nothing was changed`');
PREPARE avenrae_statement FROM @avenrae_stop;
EXECUTE avenrae_statement;
DEALLOCATE PREPARE avenrae_statement;

CREATE TABLE products (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	version INTEGER NOT NULL DEFAULT '1',
	product_name VARCHAR(200) NOT NULL,
	product_type ENUM('crystal','book','tool','supplement','other') NOT NULL,
	product_category VARCHAR(100) NOT NULL DEFAULT '',
	sku VARCHAR(50) COLLATE utf8mb4_bin NOT NULL,
	barcode VARCHAR(50) COLLATE utf8mb4_bin,
	description VARCHAR(2000),
	price NUMERIC(10, 2) NOT NULL,
	tax_rate NUMERIC(5, 2) NOT NULL DEFAULT '0',
	stock_quantity INTEGER NOT NULL DEFAULT '0',
	reorder_level INTEGER NOT NULL DEFAULT '10',
	is_active BOOL NOT NULL DEFAULT true,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT ck_products_price_not_negative CHECK (price >= 0),
	CONSTRAINT ck_products_tax_rate_not_negative CHECK (tax_rate >= 0),
	CONSTRAINT ck_products_stock_not_negative CHECK (stock_quantity >= 0),
	CONSTRAINT ck_products_reorder_level_not_negative CHECK (reorder_level >= 0),
	CONSTRAINT uq_products_uuid UNIQUE (uuid),
	CONSTRAINT uq_products_sku UNIQUE (sku),
	CONSTRAINT uq_products_barcode UNIQUE (barcode),
	INDEX ix_products_is_active_stock_quantity (is_active, stock_quantity, id),
	INDEX ix_products_product_name (product_name, id),
	INDEX ix_products_product_type_is_active (product_type, is_active)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE settings (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	version INTEGER NOT NULL DEFAULT '1',
	setting_name VARCHAR(60) COLLATE utf8mb4_bin NOT NULL,
	setting_value MEDIUMTEXT NOT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_settings_uuid UNIQUE (uuid),
	CONSTRAINT uq_settings_setting_name UNIQUE (setting_name)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE system_logs (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	level ENUM('info','warning','error') NOT NULL,
	source VARCHAR(60) COLLATE utf8mb4_bin NOT NULL,
	message VARCHAR(2000) NOT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_system_logs_uuid UNIQUE (uuid),
	INDEX ix_system_logs_created_at (created_at)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE users (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	version INTEGER NOT NULL DEFAULT '1',
	email VARCHAR(255) COLLATE utf8mb4_bin,
	sign_in_name VARCHAR(32) COLLATE utf8mb4_bin,
	password_hash VARCHAR(255),
	pin_hash VARCHAR(255),
	first_name VARCHAR(100) NOT NULL,
	last_name VARCHAR(100) NOT NULL,
	user_type ENUM('client','healer','admin','front_desk') NOT NULL,
	is_verified BOOL NOT NULL DEFAULT false,
	disabled_at DATETIME(6),
	account_at DATETIME(6),
	code_until DATETIME(6),
	seen_at DATETIME(6),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_users_uuid UNIQUE (uuid),
	CONSTRAINT uq_users_email UNIQUE (email),
	CONSTRAINT uq_users_sign_in_name UNIQUE (sign_in_name)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE audit_logs (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	user_id INTEGER,
	action VARCHAR(60) COLLATE utf8mb4_bin NOT NULL,
	detail MEDIUMTEXT NOT NULL,
	command_uuid BINARY(16) NOT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_audit_logs_uuid UNIQUE (uuid),
	CONSTRAINT fk_audit_logs_user_id FOREIGN KEY(user_id) REFERENCES users (id),
	INDEX ix_audit_logs_command_uuid (command_uuid),
	INDEX ix_audit_logs_created_at (created_at),
	INDEX ix_audit_logs_user_id (user_id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE commands (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	actor_id INTEGER,
	kind VARCHAR(60) COLLATE utf8mb4_bin NOT NULL,
	body_hash BINARY(32) NOT NULL,
	body MEDIUMTEXT NOT NULL,
	answer MEDIUMTEXT NOT NULL,
	touched MEDIUMTEXT NOT NULL,
	undo_kind VARCHAR(60) COLLATE utf8mb4_bin,
	undo_body MEDIUMTEXT,
	undoes BINARY(16),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_commands_uuid UNIQUE (uuid),
	CONSTRAINT fk_commands_actor_id FOREIGN KEY(actor_id) REFERENCES users (id),
	CONSTRAINT uq_commands_undoes UNIQUE (undoes),
	INDEX ix_commands_actor_id (actor_id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE conversations (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	version INTEGER NOT NULL DEFAULT '1',
	starter_id INTEGER NOT NULL,
	partner_id INTEGER NOT NULL,
	subject VARCHAR(200) NOT NULL DEFAULT '',
	last_message_at DATETIME(6) NOT NULL,
	archived_at DATETIME(6),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT ck_conversations_two_people CHECK (starter_id <> partner_id),
	CONSTRAINT uq_conversations_uuid UNIQUE (uuid),
	CONSTRAINT fk_conversations_starter_id FOREIGN KEY(starter_id) REFERENCES users (id),
	CONSTRAINT fk_conversations_partner_id FOREIGN KEY(partner_id) REFERENCES users (id),
	INDEX ix_conversations_partner_id_last_message_at (partner_id, last_message_at),
	INDEX ix_conversations_starter_id_last_message_at (starter_id, last_message_at)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE coupons (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	version INTEGER NOT NULL DEFAULT '1',
	code VARCHAR(50) COLLATE utf8mb4_bin NOT NULL,
	coupon_name VARCHAR(150) NOT NULL DEFAULT '',
	scope ENUM('everything','services','products','events') NOT NULL,
	percent_off INTEGER,
	amount_off NUMERIC(10, 2),
	minimum_amount NUMERIC(10, 2),
	valid_from DATETIME(6),
	valid_until DATETIME(6),
	max_uses INTEGER,
	used_count INTEGER NOT NULL DEFAULT '0',
	is_active BOOL NOT NULL DEFAULT true,
	created_by INTEGER NOT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT ck_coupons_percent_or_amount CHECK ((percent_off is null) <> (amount_off is null)),
	CONSTRAINT ck_coupons_percent_range CHECK (percent_off between 1 and 100),
	CONSTRAINT ck_coupons_amount_positive CHECK (amount_off > 0),
	CONSTRAINT ck_coupons_minimum_not_negative CHECK (minimum_amount >= 0),
	CONSTRAINT ck_coupons_valid_until_after_from CHECK (valid_until > valid_from),
	CONSTRAINT ck_coupons_max_uses_not_negative CHECK (max_uses >= 0),
	CONSTRAINT ck_coupons_used_not_negative CHECK (used_count >= 0),
	CONSTRAINT ck_coupons_used_within_max CHECK (used_count <= max_uses),
	CONSTRAINT uq_coupons_uuid UNIQUE (uuid),
	CONSTRAINT uq_coupons_code UNIQUE (code),
	CONSTRAINT fk_coupons_created_by FOREIGN KEY(created_by) REFERENCES users (id),
	INDEX ix_coupons_created_by (created_by)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE healers (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	version INTEGER NOT NULL DEFAULT '1',
	user_id INTEGER NOT NULL,
	healer_type ENUM('psychologist','acupuncturist','reiki','yoga','massage','naturopath','other') NOT NULL,
	hourly_rate NUMERIC(10, 2),
	rating NUMERIC(3, 2),
	is_verified_healer BOOL NOT NULL DEFAULT false,
	availability_status ENUM('available','busy','offline') NOT NULL DEFAULT 'available',
	hue VARCHAR(20) COLLATE utf8mb4_bin NOT NULL DEFAULT 'blue',
	qualifications VARCHAR(2000),
	bio VARCHAR(4000),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT ck_healers_rating_range CHECK (rating >= 0 and rating <= 5),
	CONSTRAINT ck_healers_hourly_rate_not_negative CHECK (hourly_rate >= 0),
	CONSTRAINT uq_healers_uuid UNIQUE (uuid),
	CONSTRAINT uq_healers_user_id UNIQUE (user_id),
	CONSTRAINT fk_healers_user_id FOREIGN KEY(user_id) REFERENCES users (id),
	INDEX ix_healers_healer_type_is_verified_healer_availability_status (healer_type, is_verified_healer, availability_status, rating),
	INDEX ix_healers_rating_healer_type (rating, healer_type)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE notifications (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	user_id INTEGER NOT NULL,
	kind ENUM('booking','order','payment','event','message','review','ticket','stock','system') NOT NULL,
	title VARCHAR(200) NOT NULL,
	body VARCHAR(2000) NOT NULL DEFAULT '',
	record_kind VARCHAR(30) COLLATE utf8mb4_bin,
	record_uuid BINARY(16),
	read_at DATETIME(6),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT ck_notifications_record_is_whole CHECK ((record_kind is null) = (record_uuid is null)),
	CONSTRAINT uq_notifications_uuid UNIQUE (uuid),
	CONSTRAINT fk_notifications_user_id FOREIGN KEY(user_id) REFERENCES users (id),
	INDEX ix_notifications_user_id_created_at (user_id, created_at),
	INDEX ix_notifications_user_id_read_at (user_id, read_at)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE presence (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	user_id INTEGER NOT NULL,
	record_kind VARCHAR(30) COLLATE utf8mb4_bin,
	record_uuid BINARY(16),
	seen_at DATETIME(6) NOT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT ck_presence_record_is_whole CHECK ((record_kind is null) = (record_uuid is null)),
	CONSTRAINT uq_presence_uuid UNIQUE (uuid),
	CONSTRAINT fk_presence_user_id FOREIGN KEY(user_id) REFERENCES users (id),
	INDEX ix_presence_seen_at (seen_at),
	INDEX ix_presence_user_id (user_id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE user_roles (
	user_id INTEGER NOT NULL,
	`role` ENUM('client','healer','front_desk','admin') NOT NULL,
	ended_at DATETIME(6),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (user_id, `role`),
	CONSTRAINT fk_user_roles_user_id FOREIGN KEY(user_id) REFERENCES users (id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE blocked_dates (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	version INTEGER NOT NULL DEFAULT '1',
	healer_id INTEGER,
	starts_at DATETIME(6) NOT NULL,
	ends_at DATETIME(6) NOT NULL,
	reason VARCHAR(200) NOT NULL DEFAULT '',
	removed_at DATETIME(6),
	created_by INTEGER NOT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT ck_blocked_dates_ends_after_start CHECK (ends_at > starts_at),
	CONSTRAINT uq_blocked_dates_uuid UNIQUE (uuid),
	CONSTRAINT fk_blocked_dates_healer_id FOREIGN KEY(healer_id) REFERENCES healers (id),
	CONSTRAINT fk_blocked_dates_created_by FOREIGN KEY(created_by) REFERENCES users (id),
	INDEX ix_blocked_dates_created_by (created_by),
	INDEX ix_blocked_dates_ends_at (ends_at),
	INDEX ix_blocked_dates_healer_id (healer_id),
	INDEX ix_blocked_dates_starts_at (starts_at)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE clients (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	version INTEGER NOT NULL DEFAULT '1',
	user_id INTEGER NOT NULL,
	date_of_birth DATE,
	gender ENUM('female','male','diverse','undisclosed'),
	phone VARCHAR(40),
	contact_email VARCHAR(255),
	emergency_contact_name VARCHAR(200),
	emergency_contact_phone VARCHAR(20),
	note VARCHAR(2000),
	preferred_healer_id INTEGER,
	archived_at DATETIME(6),
	last_key VARCHAR(100) COLLATE utf8mb4_bin NOT NULL,
	first_key VARCHAR(100) COLLATE utf8mb4_bin NOT NULL,
	other_key VARCHAR(100) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
	email_key VARCHAR(255) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
	phone_key VARCHAR(40) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
	phone_tail VARCHAR(40) COLLATE utf8mb4_bin NOT NULL DEFAULT '',
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_clients_uuid UNIQUE (uuid),
	CONSTRAINT uq_clients_user_id UNIQUE (user_id),
	CONSTRAINT fk_clients_user_id FOREIGN KEY(user_id) REFERENCES users (id),
	CONSTRAINT fk_clients_preferred_healer_id FOREIGN KEY(preferred_healer_id) REFERENCES healers (id),
	INDEX ix_clients_email_key (email_key),
	INDEX ix_clients_first_key (first_key),
	INDEX ix_clients_last_key_first_key (last_key, first_key, id),
	INDEX ix_clients_other_key (other_key),
	INDEX ix_clients_phone_key (phone_key),
	INDEX ix_clients_phone_tail (phone_tail),
	INDEX ix_clients_preferred_healer_id (preferred_healer_id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE healer_availability (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	healer_id INTEGER NOT NULL,
	weekday INTEGER NOT NULL,
	kind ENUM('work','break') NOT NULL,
	start_minute INTEGER NOT NULL,
	end_minute INTEGER NOT NULL,
	label VARCHAR(100) NOT NULL DEFAULT '',
	removed_at DATETIME(6),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT ck_healer_availability_weekday_range CHECK (weekday between 0 and 6),
	CONSTRAINT ck_healer_availability_minutes_in_day CHECK (start_minute >= 0 and start_minute < end_minute and end_minute <= 1440),
	CONSTRAINT uq_healer_availability_uuid UNIQUE (uuid),
	CONSTRAINT fk_healer_availability_healer_id FOREIGN KEY(healer_id) REFERENCES healers (id),
	INDEX ix_healer_availability_healer_id (healer_id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE messages (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	conversation_id INTEGER NOT NULL,
	sender_id INTEGER NOT NULL,
	recipient_id INTEGER NOT NULL,
	body MEDIUMTEXT NOT NULL,
	sent_at DATETIME(6) NOT NULL,
	read_at DATETIME(6),
	withdrawn_at DATETIME(6),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT ck_messages_two_people CHECK (sender_id <> recipient_id),
	CONSTRAINT uq_messages_uuid UNIQUE (uuid),
	CONSTRAINT fk_messages_conversation_id FOREIGN KEY(conversation_id) REFERENCES conversations (id),
	CONSTRAINT fk_messages_sender_id FOREIGN KEY(sender_id) REFERENCES users (id),
	CONSTRAINT fk_messages_recipient_id FOREIGN KEY(recipient_id) REFERENCES users (id),
	INDEX ix_messages_conversation_id_sent_at (conversation_id, sent_at),
	INDEX ix_messages_recipient_id_read_at (recipient_id, read_at),
	INDEX ix_messages_sender_id (sender_id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE resources (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	version INTEGER NOT NULL DEFAULT '1',
	kind ENUM('healer','room') NOT NULL,
	resource_name VARCHAR(150) NOT NULL,
	healer_id INTEGER,
	archived_at DATETIME(6),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT ck_resources_healer_of_healer CHECK ((kind = 'healer') = (healer_id is not null)),
	CONSTRAINT uq_resources_uuid UNIQUE (uuid),
	CONSTRAINT uq_resources_healer_id UNIQUE (healer_id),
	CONSTRAINT fk_resources_healer_id FOREIGN KEY(healer_id) REFERENCES healers (id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE events (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	version INTEGER NOT NULL DEFAULT '1',
	event_name VARCHAR(200) NOT NULL,
	event_type ENUM('workshop','class','circle','talk','retreat','other') NOT NULL,
	description VARCHAR(4000),
	event_date DATETIME(6) NOT NULL,
	ends_at DATETIME(6) NOT NULL,
	local_start DATETIME NOT NULL,
	time_zone VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
	organizer_healer_id INTEGER NOT NULL,
	room_id INTEGER,
	location VARCHAR(200) NOT NULL DEFAULT '',
	max_capacity INTEGER,
	seats_taken INTEGER NOT NULL DEFAULT '0',
	price NUMERIC(10, 2) NOT NULL,
	status ENUM('draft','open','completed','cancelled') NOT NULL,
	registration_ends_at DATETIME(6),
	cancelled_at DATETIME(6),
	cancellation_reason VARCHAR(500),
	created_by INTEGER NOT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT ck_events_ends_after_start CHECK (ends_at > event_date),
	CONSTRAINT ck_events_capacity_not_negative CHECK (max_capacity >= 0),
	CONSTRAINT ck_events_seats_not_negative CHECK (seats_taken >= 0),
	CONSTRAINT ck_events_seats_within_capacity CHECK (seats_taken <= max_capacity),
	CONSTRAINT ck_events_price_not_negative CHECK (price >= 0),
	CONSTRAINT ck_events_cancelled_has_time CHECK (status <> 'cancelled' or cancelled_at is not null),
	CONSTRAINT uq_events_uuid UNIQUE (uuid),
	CONSTRAINT fk_events_organizer_healer_id FOREIGN KEY(organizer_healer_id) REFERENCES healers (id),
	CONSTRAINT fk_events_room_id FOREIGN KEY(room_id) REFERENCES resources (id),
	CONSTRAINT fk_events_created_by FOREIGN KEY(created_by) REFERENCES users (id),
	INDEX ix_events_created_by (created_by),
	INDEX ix_events_event_date (event_date),
	INDEX ix_events_organizer_healer_id (organizer_healer_id),
	INDEX ix_events_room_id (room_id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE favorite_healers (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	client_id INTEGER NOT NULL,
	healer_id INTEGER NOT NULL,
	removed_at DATETIME(6),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_favorite_healers_client_id_healer_id UNIQUE (client_id, healer_id),
	CONSTRAINT uq_favorite_healers_uuid UNIQUE (uuid),
	CONSTRAINT fk_favorite_healers_client_id FOREIGN KEY(client_id) REFERENCES clients (id),
	CONSTRAINT fk_favorite_healers_healer_id FOREIGN KEY(healer_id) REFERENCES healers (id),
	INDEX ix_favorite_healers_healer_id (healer_id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE orders (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	version INTEGER NOT NULL DEFAULT '1',
	client_id INTEGER,
	order_number VARCHAR(50) COLLATE utf8mb4_bin NOT NULL,
	order_date DATETIME(6) NOT NULL,
	channel ENUM('desk','phone','online') NOT NULL,
	status ENUM('pending','ready','shipped','completed','cancelled') NOT NULL,
	coupon_id INTEGER,
	discount_amount NUMERIC(10, 2) NOT NULL DEFAULT '0',
	subtotal NUMERIC(10, 2) NOT NULL,
	shipping_amount NUMERIC(10, 2) NOT NULL DEFAULT '0',
	tax_amount NUMERIC(10, 2) NOT NULL DEFAULT '0',
	is_tax_included BOOL NOT NULL DEFAULT true,
	total_amount NUMERIC(10, 2) NOT NULL,
	currency VARCHAR(3) COLLATE utf8mb4_bin NOT NULL,
	paid_amount NUMERIC(10, 2) NOT NULL DEFAULT '0',
	refunded_amount NUMERIC(10, 2) NOT NULL DEFAULT '0',
	payment_status ENUM('unpaid','partly_paid','paid','partly_refunded','refunded') NOT NULL DEFAULT 'unpaid',
	shipping_address VARCHAR(500),
	tracking_number VARCHAR(100),
	note VARCHAR(2000),
	created_by INTEGER NOT NULL,
	ready_at DATETIME(6),
	shipped_at DATETIME(6),
	completed_at DATETIME(6),
	cancelled_at DATETIME(6),
	cancellation_reason VARCHAR(500),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT ck_orders_price_not_negative CHECK (total_amount >= 0),
	CONSTRAINT ck_orders_discount_not_negative CHECK (discount_amount >= 0),
	CONSTRAINT ck_orders_refunds_within_payments CHECK (refunded_amount >= 0 and refunded_amount <= paid_amount),
	CONSTRAINT ck_orders_payments_within_price CHECK (paid_amount - refunded_amount <= total_amount),
	CONSTRAINT ck_orders_parts_not_negative CHECK (subtotal >= 0 and shipping_amount >= 0 and tax_amount >= 0),
	CONSTRAINT ck_orders_total_adds_up CHECK (total_amount = subtotal - discount_amount + shipping_amount + case when is_tax_included then 0 else tax_amount end),
	CONSTRAINT ck_orders_cancelled_has_time CHECK (status <> 'cancelled' or cancelled_at is not null),
	CONSTRAINT uq_orders_uuid UNIQUE (uuid),
	CONSTRAINT fk_orders_client_id FOREIGN KEY(client_id) REFERENCES clients (id),
	CONSTRAINT uq_orders_order_number UNIQUE (order_number),
	CONSTRAINT fk_orders_coupon_id FOREIGN KEY(coupon_id) REFERENCES coupons (id),
	CONSTRAINT fk_orders_created_by FOREIGN KEY(created_by) REFERENCES users (id),
	INDEX ix_orders_client_id_order_date (client_id, order_date),
	INDEX ix_orders_coupon_id (coupon_id),
	INDEX ix_orders_created_by (created_by),
	INDEX ix_orders_order_date (order_date)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE services (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	version INTEGER NOT NULL DEFAULT '1',
	healer_id INTEGER NOT NULL,
	service_name VARCHAR(150) NOT NULL,
	duration_minutes INTEGER NOT NULL,
	buffer_before_minutes INTEGER NOT NULL DEFAULT '0',
	buffer_after_minutes INTEGER NOT NULL DEFAULT '0',
	price NUMERIC(10, 2) NOT NULL,
	service_category ENUM('therapy','reiki','acupuncture','yoga','massage','nutrition','coaching','other') NOT NULL,
	description VARCHAR(2000),
	room_id INTEGER,
	archived_at DATETIME(6),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT ck_services_duration_positive CHECK (duration_minutes > 0),
	CONSTRAINT ck_services_buffers_not_negative CHECK (buffer_before_minutes >= 0 and buffer_after_minutes >= 0),
	CONSTRAINT ck_services_price_not_negative CHECK (price >= 0),
	CONSTRAINT uq_services_uuid UNIQUE (uuid),
	CONSTRAINT fk_services_healer_id FOREIGN KEY(healer_id) REFERENCES healers (id),
	CONSTRAINT fk_services_room_id FOREIGN KEY(room_id) REFERENCES resources (id),
	INDEX ix_services_healer_id (healer_id),
	INDEX ix_services_room_id (room_id),
	INDEX ix_services_service_name (service_name, id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE wishlist_items (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	version INTEGER NOT NULL DEFAULT '1',
	client_id INTEGER NOT NULL,
	product_id INTEGER NOT NULL,
	quantity INTEGER NOT NULL DEFAULT '1',
	note VARCHAR(500) NOT NULL DEFAULT '',
	wants_notice BOOL NOT NULL DEFAULT false,
	noticed_at DATETIME(6),
	removed_at DATETIME(6),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_wishlist_items_client_id_product_id UNIQUE (client_id, product_id),
	CONSTRAINT ck_wishlist_items_quantity_positive CHECK (quantity > 0),
	CONSTRAINT uq_wishlist_items_uuid UNIQUE (uuid),
	CONSTRAINT fk_wishlist_items_client_id FOREIGN KEY(client_id) REFERENCES clients (id),
	CONSTRAINT fk_wishlist_items_product_id FOREIGN KEY(product_id) REFERENCES products (id),
	INDEX ix_wishlist_items_product_id (product_id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE event_registrations (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	version INTEGER NOT NULL DEFAULT '1',
	event_id INTEGER NOT NULL,
	client_id INTEGER NOT NULL,
	status ENUM('registered','waitlisted','attended','no_show','cancelled') NOT NULL,
	seats INTEGER NOT NULL DEFAULT '1',
	coupon_id INTEGER,
	discount_amount NUMERIC(10, 2) NOT NULL DEFAULT '0',
	total_price NUMERIC(10, 2) NOT NULL,
	paid_amount NUMERIC(10, 2) NOT NULL DEFAULT '0',
	refunded_amount NUMERIC(10, 2) NOT NULL DEFAULT '0',
	payment_status ENUM('unpaid','partly_paid','paid','partly_refunded','refunded') NOT NULL DEFAULT 'unpaid',
	note VARCHAR(2000),
	created_by INTEGER NOT NULL,
	registered_at DATETIME(6),
	waitlisted_at DATETIME(6),
	attended_at DATETIME(6),
	no_show_at DATETIME(6),
	cancelled_at DATETIME(6),
	cancellation_reason VARCHAR(500),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_event_registrations_event_id_client_id UNIQUE (event_id, client_id),
	CONSTRAINT ck_event_registrations_seats_positive CHECK (seats > 0),
	CONSTRAINT ck_event_registrations_cancelled_has_time CHECK (status <> 'cancelled' or cancelled_at is not null),
	CONSTRAINT ck_event_registrations_waitlisted_has_time CHECK (status <> 'waitlisted' or waitlisted_at is not null),
	CONSTRAINT ck_event_registrations_price_not_negative CHECK (total_price >= 0),
	CONSTRAINT ck_event_registrations_discount_not_negative CHECK (discount_amount >= 0),
	CONSTRAINT ck_event_registrations_refunds_within_payments CHECK (refunded_amount >= 0 and refunded_amount <= paid_amount),
	CONSTRAINT ck_event_registrations_payments_within_price CHECK (paid_amount - refunded_amount <= total_price),
	CONSTRAINT uq_event_registrations_uuid UNIQUE (uuid),
	CONSTRAINT fk_event_registrations_event_id FOREIGN KEY(event_id) REFERENCES events (id),
	CONSTRAINT fk_event_registrations_client_id FOREIGN KEY(client_id) REFERENCES clients (id),
	CONSTRAINT fk_event_registrations_coupon_id FOREIGN KEY(coupon_id) REFERENCES coupons (id),
	CONSTRAINT fk_event_registrations_created_by FOREIGN KEY(created_by) REFERENCES users (id),
	INDEX ix_event_registrations_client_id (client_id),
	INDEX ix_event_registrations_coupon_id (coupon_id),
	INDEX ix_event_registrations_created_by (created_by),
	INDEX ix_event_registrations_event_id_status_waitlisted_at (event_id, status, waitlisted_at)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE order_items (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	version INTEGER NOT NULL DEFAULT '1',
	order_id INTEGER NOT NULL,
	product_id INTEGER NOT NULL,
	product_name VARCHAR(200) NOT NULL,
	sku VARCHAR(50) COLLATE utf8mb4_bin NOT NULL,
	unit_price NUMERIC(10, 2) NOT NULL,
	tax_rate NUMERIC(5, 2) NOT NULL DEFAULT '0',
	quantity INTEGER NOT NULL,
	discount_amount NUMERIC(10, 2) NOT NULL DEFAULT '0',
	line_total NUMERIC(10, 2) NOT NULL,
	returned_quantity INTEGER NOT NULL DEFAULT '0',
	restocked_quantity INTEGER NOT NULL DEFAULT '0',
	holds_stock BOOL NOT NULL DEFAULT true,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT ck_order_items_quantity_positive CHECK (quantity > 0),
	CONSTRAINT ck_order_items_prices_not_negative CHECK (unit_price >= 0 and discount_amount >= 0 and tax_rate >= 0),
	CONSTRAINT ck_order_items_line_adds_up CHECK (line_total = unit_price * quantity - discount_amount),
	CONSTRAINT ck_order_items_line_not_negative CHECK (line_total >= 0),
	CONSTRAINT ck_order_items_returned_within_sold CHECK (returned_quantity >= 0 and returned_quantity <= quantity),
	CONSTRAINT ck_order_items_restocked_within_returned CHECK (restocked_quantity >= 0 and restocked_quantity <= returned_quantity),
	CONSTRAINT uq_order_items_uuid UNIQUE (uuid),
	CONSTRAINT fk_order_items_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
	CONSTRAINT fk_order_items_product_id FOREIGN KEY(product_id) REFERENCES products (id),
	INDEX ix_order_items_order_id (order_id),
	INDEX ix_order_items_product_id (product_id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE service_providers (
	service_id INTEGER NOT NULL,
	healer_id INTEGER NOT NULL,
	ended_at DATETIME(6),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (service_id, healer_id),
	CONSTRAINT fk_service_providers_service_id FOREIGN KEY(service_id) REFERENCES services (id),
	CONSTRAINT fk_service_providers_healer_id FOREIGN KEY(healer_id) REFERENCES healers (id),
	INDEX ix_service_providers_healer_id (healer_id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE bookings (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	version INTEGER NOT NULL DEFAULT '1',
	client_id INTEGER NOT NULL,
	healer_id INTEGER NOT NULL,
	service_id INTEGER NOT NULL,
	room_id INTEGER,
	booking_date DATETIME(6) NOT NULL,
	ends_at DATETIME(6) NOT NULL,
	local_start DATETIME NOT NULL,
	time_zone VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
	buffer_before_minutes INTEGER NOT NULL DEFAULT '0',
	buffer_after_minutes INTEGER NOT NULL DEFAULT '0',
	status ENUM('requested','pending','confirmed','arrived','in_session','completed','cancelled','no_show') NOT NULL,
	paid_amount NUMERIC(10, 2) NOT NULL DEFAULT '0',
	refunded_amount NUMERIC(10, 2) NOT NULL DEFAULT '0',
	payment_status ENUM('unpaid','partly_paid','paid','partly_refunded','refunded') NOT NULL DEFAULT 'unpaid',
	coupon_id INTEGER,
	discount_amount NUMERIC(10, 2) NOT NULL DEFAULT '0',
	total_price NUMERIC(10, 2) NOT NULL,
	client_rating INTEGER,
	note VARCHAR(2000),
	lane INTEGER NOT NULL DEFAULT '0',
	overbooking_reason VARCHAR(500),
	outside_hours_reason VARCHAR(500),
	created_by INTEGER NOT NULL,
	confirmed_at DATETIME(6),
	arrived_at DATETIME(6),
	completed_at DATETIME(6),
	cancelled_at DATETIME(6),
	cancellation_reason VARCHAR(500),
	no_show_at DATETIME(6),
	withdrawn_at DATETIME(6),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT fk_bookings_service_provider FOREIGN KEY(service_id, healer_id) REFERENCES service_providers (service_id, healer_id),
	CONSTRAINT ck_bookings_ends_after_start CHECK (ends_at > booking_date),
	CONSTRAINT ck_bookings_buffers_not_negative CHECK (buffer_before_minutes >= 0 and buffer_after_minutes >= 0),
	CONSTRAINT ck_bookings_price_not_negative CHECK (total_price >= 0),
	CONSTRAINT ck_bookings_discount_not_negative CHECK (discount_amount >= 0),
	CONSTRAINT ck_bookings_refunds_within_payments CHECK (refunded_amount >= 0 and refunded_amount <= paid_amount),
	CONSTRAINT ck_bookings_payments_within_price CHECK (paid_amount - refunded_amount <= total_price),
	CONSTRAINT ck_bookings_client_rating_range CHECK (client_rating between 1 and 5),
	CONSTRAINT ck_bookings_lane_not_negative CHECK (lane >= 0),
	CONSTRAINT ck_bookings_overbooking_has_reason CHECK (lane = 0 or overbooking_reason is not null),
	CONSTRAINT ck_bookings_cancelled_has_time CHECK (status <> 'cancelled' or cancelled_at is not null),
	CONSTRAINT uq_bookings_uuid UNIQUE (uuid),
	CONSTRAINT fk_bookings_client_id FOREIGN KEY(client_id) REFERENCES clients (id),
	CONSTRAINT fk_bookings_healer_id FOREIGN KEY(healer_id) REFERENCES healers (id),
	CONSTRAINT fk_bookings_service_id FOREIGN KEY(service_id) REFERENCES services (id),
	CONSTRAINT fk_bookings_room_id FOREIGN KEY(room_id) REFERENCES resources (id),
	CONSTRAINT fk_bookings_coupon_id FOREIGN KEY(coupon_id) REFERENCES coupons (id),
	CONSTRAINT fk_bookings_created_by FOREIGN KEY(created_by) REFERENCES users (id),
	INDEX ix_bookings_booking_date (booking_date),
	INDEX ix_bookings_client_id (client_id),
	INDEX ix_bookings_client_id_booking_date (client_id, booking_date),
	INDEX ix_bookings_coupon_id (coupon_id),
	INDEX ix_bookings_created_by (created_by),
	INDEX ix_bookings_healer_id (healer_id),
	INDEX ix_bookings_healer_id_booking_date (healer_id, booking_date),
	INDEX ix_bookings_report (status, healer_id, booking_date, total_price, client_rating),
	INDEX ix_bookings_room_id (room_id),
	INDEX ix_bookings_service_id (service_id),
	INDEX ix_bookings_service_id_healer_id (service_id, healer_id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE booking_slots (
	resource_id INTEGER NOT NULL,
	slot INTEGER NOT NULL,
	lane INTEGER NOT NULL,
	booking_id INTEGER NOT NULL,
	PRIMARY KEY (resource_id, slot, lane),
	CONSTRAINT fk_booking_slots_resource_id FOREIGN KEY(resource_id) REFERENCES resources (id),
	CONSTRAINT fk_booking_slots_booking_id FOREIGN KEY(booking_id) REFERENCES bookings (id) ON DELETE CASCADE,
	INDEX ix_booking_slots_booking_id (booking_id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE reviews (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	version INTEGER NOT NULL DEFAULT '1',
	client_id INTEGER NOT NULL,
	healer_id INTEGER NOT NULL,
	service_id INTEGER,
	booking_id INTEGER,
	rating INTEGER NOT NULL,
	review_text VARCHAR(4000) NOT NULL DEFAULT '',
	status ENUM('pending','published','hidden') NOT NULL,
	response VARCHAR(4000),
	responded_at DATETIME(6),
	moderated_by INTEGER,
	moderated_at DATETIME(6),
	moderation_reason VARCHAR(500),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT ck_reviews_rating_range CHECK (rating between 1 and 5),
	CONSTRAINT ck_reviews_response_has_time CHECK ((response is null) = (responded_at is null)),
	CONSTRAINT ck_reviews_booking_has_service CHECK (booking_id is null or service_id is not null),
	CONSTRAINT uq_reviews_uuid UNIQUE (uuid),
	CONSTRAINT fk_reviews_client_id FOREIGN KEY(client_id) REFERENCES clients (id),
	CONSTRAINT fk_reviews_healer_id FOREIGN KEY(healer_id) REFERENCES healers (id),
	CONSTRAINT fk_reviews_service_id FOREIGN KEY(service_id) REFERENCES services (id),
	CONSTRAINT uq_reviews_booking_id UNIQUE (booking_id),
	CONSTRAINT fk_reviews_booking_id FOREIGN KEY(booking_id) REFERENCES bookings (id),
	CONSTRAINT fk_reviews_moderated_by FOREIGN KEY(moderated_by) REFERENCES users (id),
	INDEX ix_reviews_client_id (client_id),
	INDEX ix_reviews_healer_id_status (healer_id, status, rating),
	INDEX ix_reviews_moderated_by (moderated_by),
	INDEX ix_reviews_service_id_rating (service_id, rating),
	INDEX ix_reviews_status_created_at (status, created_at)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE support_tickets (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	version INTEGER NOT NULL DEFAULT '1',
	ticket_number VARCHAR(50) COLLATE utf8mb4_bin NOT NULL,
	user_id INTEGER NOT NULL,
	created_by INTEGER NOT NULL,
	subject VARCHAR(200) NOT NULL,
	description MEDIUMTEXT NOT NULL,
	category ENUM('booking','payment','order','event','account','other') NOT NULL,
	priority ENUM('low','normal','high','urgent') NOT NULL DEFAULT 'normal',
	status ENUM('open','in_progress','waiting','resolved','closed') NOT NULL,
	assigned_to INTEGER,
	booking_id INTEGER,
	order_id INTEGER,
	conversation_id INTEGER,
	resolution VARCHAR(2000),
	resolved_at DATETIME(6),
	closed_at DATETIME(6),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT ck_support_tickets_resolved_has_time CHECK (status <> 'resolved' or resolved_at is not null),
	CONSTRAINT ck_support_tickets_closed_has_time CHECK (status <> 'closed' or closed_at is not null),
	CONSTRAINT uq_support_tickets_uuid UNIQUE (uuid),
	CONSTRAINT uq_support_tickets_ticket_number UNIQUE (ticket_number),
	CONSTRAINT fk_support_tickets_user_id FOREIGN KEY(user_id) REFERENCES users (id),
	CONSTRAINT fk_support_tickets_created_by FOREIGN KEY(created_by) REFERENCES users (id),
	CONSTRAINT fk_support_tickets_assigned_to FOREIGN KEY(assigned_to) REFERENCES users (id),
	CONSTRAINT fk_support_tickets_booking_id FOREIGN KEY(booking_id) REFERENCES bookings (id),
	CONSTRAINT fk_support_tickets_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
	CONSTRAINT fk_support_tickets_conversation_id FOREIGN KEY(conversation_id) REFERENCES conversations (id),
	INDEX ix_support_tickets_assigned_to_status (assigned_to, status),
	INDEX ix_support_tickets_booking_id (booking_id),
	INDEX ix_support_tickets_conversation_id (conversation_id),
	INDEX ix_support_tickets_created_by (created_by),
	INDEX ix_support_tickets_order_id (order_id),
	INDEX ix_support_tickets_status_created_at (status, created_at),
	INDEX ix_support_tickets_user_id (user_id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE transactions (
	id INTEGER NOT NULL AUTO_INCREMENT,
	uuid BINARY(16) NOT NULL,
	kind ENUM('payment','refund') NOT NULL,
	tender ENUM('cash','card','bank_transfer','voucher','other') NOT NULL,
	amount NUMERIC(10, 2) NOT NULL,
	currency VARCHAR(3) COLLATE utf8mb4_bin NOT NULL,
	booking_id INTEGER,
	order_id INTEGER,
	event_registration_id INTEGER,
	client_id INTEGER,
	reverses_id INTEGER,
	refund_of_id INTEGER,
	receipt_number VARCHAR(50) COLLATE utf8mb4_bin,
	amount_given NUMERIC(10, 2),
	card_brand VARCHAR(20) COLLATE utf8mb4_bin,
	card_last4 VARCHAR(4) COLLATE utf8mb4_bin,
	provider VARCHAR(40) COLLATE utf8mb4_bin,
	provider_reference VARCHAR(120) COLLATE utf8mb4_bin,
	note VARCHAR(500),
	created_by INTEGER NOT NULL,
	taken_at DATETIME(6) NOT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_transactions_provider_provider_reference UNIQUE (provider, provider_reference),
	CONSTRAINT ck_transactions_sign_of_kind CHECK ((kind = 'payment') = (reverses_id is null) and amount > 0 or (kind = 'payment') <> (reverses_id is null) and amount < 0),
	CONSTRAINT ck_transactions_for_one_thing CHECK ((case when booking_id is null then 0 else 1 end) + (case when order_id is null then 0 else 1 end) + (case when event_registration_id is null then 0 else 1 end) <= 1),
	CONSTRAINT ck_transactions_of_somebody_or_for_something CHECK (client_id is not null or booking_id is not null or order_id is not null or event_registration_id is not null),
	CONSTRAINT ck_transactions_refund_of_payment CHECK (refund_of_id is null or kind = 'refund'),
	CONSTRAINT ck_transactions_given_is_cash CHECK (amount_given is null or tender = 'cash' and amount_given >= amount),
	CONSTRAINT ck_transactions_provider_is_whole CHECK ((provider is null) = (provider_reference is null)),
	CONSTRAINT uq_transactions_uuid UNIQUE (uuid),
	CONSTRAINT fk_transactions_booking_id FOREIGN KEY(booking_id) REFERENCES bookings (id),
	CONSTRAINT fk_transactions_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
	CONSTRAINT fk_transactions_event_registration_id FOREIGN KEY(event_registration_id) REFERENCES event_registrations (id),
	CONSTRAINT fk_transactions_client_id FOREIGN KEY(client_id) REFERENCES clients (id),
	CONSTRAINT uq_transactions_reverses_id UNIQUE (reverses_id),
	CONSTRAINT fk_transactions_reverses_id FOREIGN KEY(reverses_id) REFERENCES transactions (id),
	CONSTRAINT fk_transactions_refund_of_id FOREIGN KEY(refund_of_id) REFERENCES transactions (id),
	CONSTRAINT fk_transactions_created_by FOREIGN KEY(created_by) REFERENCES users (id),
	INDEX ix_transactions_booking_id (booking_id),
	INDEX ix_transactions_client_id_taken_at (client_id, taken_at),
	INDEX ix_transactions_created_by (created_by),
	INDEX ix_transactions_event_registration_id (event_registration_id),
	INDEX ix_transactions_order_id (order_id),
	INDEX ix_transactions_receipt_number (receipt_number),
	INDEX ix_transactions_refund_of_id (refund_of_id),
	INDEX ix_transactions_taken_at (taken_at)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- Triggers and routines run as an account that nobody can sign in to.
/*!80000 CREATE USER IF NOT EXISTS 'avenrae_owner'@'localhost' IDENTIFIED WITH caching_sha2_password AS '$A$005$THISISACOMBINATIONOFINVALIDSALTANDPASSWORDTHATMUSTNEVERBRBEUSED' ACCOUNT LOCK */;
/*M! CREATE USER IF NOT EXISTS 'avenrae_owner'@'localhost' IDENTIFIED VIA mysql_native_password USING 'invalid' ACCOUNT LOCK */;
ALTER USER 'avenrae_owner'@'localhost' ACCOUNT LOCK;
/*!80000 CREATE ROLE IF NOT EXISTS `avenrae_db_person` */;
/*M! CREATE ROLE IF NOT EXISTS `avenrae_db_person` WITH ADMIN 'avenrae_owner'@'localhost' */;
/*!80000 CREATE ROLE IF NOT EXISTS `avenrae_db_healer` */;
/*M! CREATE ROLE IF NOT EXISTS `avenrae_db_healer` WITH ADMIN 'avenrae_owner'@'localhost' */;
/*!80000 CREATE ROLE IF NOT EXISTS `avenrae_db_front_desk` */;
/*M! CREATE ROLE IF NOT EXISTS `avenrae_db_front_desk` WITH ADMIN 'avenrae_owner'@'localhost' */;
/*!80000 CREATE ROLE IF NOT EXISTS `avenrae_db_healer_desk` */;
/*M! CREATE ROLE IF NOT EXISTS `avenrae_db_healer_desk` WITH ADMIN 'avenrae_owner'@'localhost' */;
/*!80000 CREATE ROLE IF NOT EXISTS `avenrae_db_admin` */;
/*M! CREATE ROLE IF NOT EXISTS `avenrae_db_admin` WITH ADMIN 'avenrae_owner'@'localhost' */;
/*!80000 GRANT CREATE USER, PROCESS ON *.* TO 'avenrae_owner'@'localhost' */;
/*!80000 GRANT CONNECTION_ADMIN ON *.* TO 'avenrae_owner'@'localhost' */;
/*!80000 GRANT SELECT (`FROM_HOST`, `FROM_USER`, `TO_HOST`, `TO_USER`) ON `mysql`.`role_edges` TO 'avenrae_owner'@'localhost' */;
GRANT SELECT (`Host`, `User`) ON `mysql`.`user` TO 'avenrae_owner'@'localhost';
/*!80000 GRANT `avenrae_db_person` TO 'avenrae_owner'@'localhost' WITH ADMIN OPTION */;
/*!80000 GRANT `avenrae_db_healer` TO 'avenrae_owner'@'localhost' WITH ADMIN OPTION */;
/*!80000 GRANT `avenrae_db_front_desk` TO 'avenrae_owner'@'localhost' WITH ADMIN OPTION */;
/*!80000 GRANT `avenrae_db_healer_desk` TO 'avenrae_owner'@'localhost' WITH ADMIN OPTION */;
/*!80000 GRANT `avenrae_db_admin` TO 'avenrae_owner'@'localhost' WITH ADMIN OPTION */;
/*!80000 ALTER USER 'avenrae_owner'@'localhost' DEFAULT ROLE ALL */;
/*M! GRANT CREATE USER, PROCESS, CONNECTION ADMIN ON *.* TO 'avenrae_owner'@'localhost' */;
/*M! GRANT UPDATE ON `mysql`.* TO 'avenrae_owner'@'localhost' */;
/*M! GRANT SELECT (`Host`, `User`, `Role`) ON `mysql`.`roles_mapping` TO 'avenrae_owner'@'localhost' */;

DELIMITER ;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE accept_invite()
    COMMENT 'c96c07ac93f2c363'
    MODIFIES SQL DATA
BEGIN
    DECLARE me BINARY(16);
    DECLARE is_out BOOL;
    DECLARE valid_until DATETIME(6);
    SELECT uuid, disabled_at IS NOT NULL, code_until INTO me, is_out, valid_until
    FROM users WHERE sign_in_name = SUBSTRING_INDEX(USER(), '@', 1) AND account_at IS NOT NULL;
    IF me IS NULL THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:no_person';
    END IF;
    IF is_out THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:shut_out';
    END IF;
    IF valid_until < UTC_TIMESTAMP(6) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:code_over';
    END IF;
    UPDATE users SET code_until = NULL WHERE uuid = me AND code_until = valid_until;
    COMMIT;
    CALL agree_account(me, FALSE);
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE account_of(
    IN the_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN wanted VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    OUT is_foreign BOOL, OUT is_ours BOOL, OUT has_wanted BOOL,
    OUT other_role VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)
    COMMENT 'b8cae0d1f3e3a43d'
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
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE agree_account(IN person BINARY(16), IN is_ending_sessions BOOL)
    COMMENT '42c13e64a0ed3212'
    MODIFIES SQL DATA
BEGIN
    DECLARE the_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE account TEXT CHARACTER SET utf8mb4;
    DECLARE wanted, other_role, made VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE is_foreign, is_ours, has_wanted, is_out, was_out, is_changed, is_late BOOL;
    DECLARE tries INT DEFAULT 0;
    DECLARE CONTINUE HANDLER FOR 3530, 1962, 1959 SET is_late = TRUE;
    again: WHILE tries < 8 DO
        SET the_name = NULL, is_late = FALSE, tries = tries + 1;
        SELECT u.sign_in_name, u.disabled_at IS NOT NULL,
               CASE WHEN u.disabled_at IS NOT NULL OR u.code_until IS NOT NULL THEN ''
                    WHEN COALESCE(SUM(r.role = 'admin'), 0) > 0 THEN CONCAT(DATABASE(), '_admin')
                    WHEN COALESCE(SUM(r.role = 'healer'), 0) > 0 AND SUM(r.role = 'front_desk') > 0
                        THEN CONCAT(DATABASE(), '_healer_desk')
                    WHEN COALESCE(SUM(r.role = 'healer'), 0) > 0 THEN CONCAT(DATABASE(), '_healer')
                    WHEN COALESCE(SUM(r.role = 'front_desk'), 0) > 0 THEN CONCAT(DATABASE(), '_front_desk')
                    ELSE '' END
        INTO the_name, is_out, wanted
        FROM users u LEFT JOIN user_roles r ON r.user_id = u.id AND r.ended_at IS NULL
        WHERE u.uuid = person AND u.account_at IS NOT NULL
        GROUP BY u.id, u.sign_in_name, u.disabled_at, u.code_until;
        IF the_name IS NULL OR (wanted <=> made AND is_out <=> was_out) THEN
            LEAVE again;
        END IF;
        CALL account_of(the_name, wanted, is_foreign, is_ours, has_wanted, other_role);
        IF NOT is_ours THEN
            LEAVE again;
        END IF;
        SET account = CONCAT(QUOTE(the_name), '@', QUOTE(CHAR(37 USING utf8mb4)));
        IF is_out OR is_ending_sessions THEN
            CALL run_statement(CONCAT('ALTER USER ', account, IF(is_out, ' ACCOUNT LOCK', ' ACCOUNT UNLOCK')));
        END IF;
        SET is_changed = other_role IS NOT NULL OR (wanted <> '' AND NOT has_wanted);
        IF wanted <> '' AND NOT has_wanted THEN
            CALL run_statement(CONCAT('GRANT `', wanted, '` TO ', account));
        END IF;
        CALL default_role(account, IF(wanted = '', CONCAT(DATABASE(), '_person'), wanted));
        WHILE other_role IS NOT NULL DO
            CALL run_statement(CONCAT('REVOKE `', other_role, '` FROM ', account));
            CALL account_of(the_name, wanted, is_foreign, is_ours, has_wanted, other_role);
        END WHILE;
        IF is_ending_sessions AND (is_out OR is_changed) THEN
            CALL end_sessions(the_name);
        END IF;
        SET made = IF(is_late, NULL, wanted), was_out = is_out;
        COMMIT;
    END WHILE;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE change_myself(
    IN seen_version INT, IN the_first VARCHAR(100), IN the_last VARCHAR(100),
    IN the_email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)
    COMMENT '32005be1cfcd150b'
    MODIFIES SQL DATA
BEGIN
    DECLARE me INT;
    SET me = (
        SELECT id FROM users WHERE sign_in_name = SUBSTRING_INDEX(USER(), '@', 1) AND account_at IS NOT NULL);
    UPDATE users SET version = version + 1, first_name = the_first, last_name = the_last, email = the_email
    WHERE id = me AND version = seen_version;
    IF ROW_COUNT() = 0 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:edited_meanwhile';
    END IF;
    UPDATE resources SET version = version + 1, resource_name = LEFT(TRIM(CONCAT(the_first, ' ', the_last)), 150)
    WHERE healer_id = (SELECT id FROM healers WHERE user_id = me);
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE check_paid(IN paid DECIMAL(12, 2), IN refunded DECIMAL(12, 2), IN price DECIMAL(12, 2))
    COMMENT '2f9aaba4d4ce94c6'
    READS SQL DATA
BEGIN
    IF price IS NULL OR paid - refunded > price THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:paid_too_much';
    END IF;
    IF refunded < 0 OR paid < refunded THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:refund_too_high';
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE default_role(
    IN account TEXT CHARACTER SET utf8mb4, IN the_role VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)
    COMMENT 'f38671524809aaf4'
    MODIFIES SQL DATA
BEGIN
    IF LOCATE('MariaDB', VERSION()) > 0 THEN
        CALL run_statement(CONCAT('SET DEFAULT ROLE `', the_role, '` FOR ', account));
    ELSE
        CALL run_statement(CONCAT('ALTER USER ', account, ' DEFAULT ROLE `', the_role, '`'));
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE end_sessions(IN the_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)
    COMMENT 'e77eb265f4f8f3e1'
    READS SQL DATA
BEGIN
    DECLARE session_id BIGINT UNSIGNED;
    DECLARE no_more BOOL DEFAULT FALSE;
    DECLARE sessions CURSOR FOR
        SELECT id FROM information_schema.processlist
        WHERE CONVERT(user USING utf8mb4) COLLATE utf8mb4_bin = the_name AND id <> CONNECTION_ID();
    DECLARE CONTINUE HANDLER FOR NOT FOUND SET no_more = TRUE;
    DECLARE CONTINUE HANDLER FOR 1094 BEGIN END;
    OPEN sessions;
    each_session: LOOP
        FETCH sessions INTO session_id;
        IF no_more THEN
            LEAVE each_session;
        END IF;
        KILL CONNECTION session_id;
    END LOOP;
    CLOSE sessions;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE i_am_here(
    IN the_window BINARY(16), IN the_kind VARCHAR(30) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN the_record BINARY(16))
    COMMENT 'f65e88878f29beba'
    MODIFIES SQL DATA
BEGIN
    DECLARE me INT;
    DECLARE at_present DATETIME(6) DEFAULT UTC_TIMESTAMP(6);
    SET me = (
        SELECT id FROM users WHERE sign_in_name = SUBSTRING_INDEX(USER(), '@', 1) AND account_at IS NOT NULL);
    IF me IS NULL THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:no_person';
    END IF;
    UPDATE presence SET record_kind = the_kind, record_uuid = the_record, seen_at = at_present
    WHERE uuid = the_window AND user_id = me;
    IF ROW_COUNT() = 0 THEN
        DELETE FROM presence WHERE seen_at < at_present - INTERVAL 1 DAY;
        INSERT INTO presence (uuid, user_id, record_kind, record_uuid, seen_at, created_at)
        VALUES (the_window, me, the_kind, the_record, at_present, at_present);
    END IF;
    UPDATE users SET seen_at = at_present
    WHERE id = me AND (seen_at IS NULL OR seen_at < at_present - INTERVAL 1 MINUTE);
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE invite_account(
    IN person BINARY(16), IN code VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, IN hours INT)
    COMMENT '62ef209e61e64dfb'
    MODIFIES SQL DATA
BEGIN
    DECLARE the_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE account, credentials TEXT CHARACTER SET utf8mb4;
    DECLARE person_role, other_role VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE is_out, is_begun, is_foreign, is_ours, has_wanted BOOL;
    DECLARE EXIT HANDLER FOR 1396 SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:account_exists';
    SELECT sign_in_name, disabled_at IS NOT NULL, account_at IS NOT NULL INTO the_name, is_out, is_begun
    FROM users WHERE uuid = person;
    IF the_name IS NULL THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:no_person';
    END IF;
    IF is_out THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:shut_out';
    END IF;
    IF the_name = '' OR the_name REGEXP '[^[:alnum:]._-]' THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:bad_name';
    END IF;
    IF code IS NULL OR CHAR_LENGTH(code) < 12 OR hours IS NULL OR hours NOT BETWEEN 1 AND 168 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:bad_code';
    END IF;
    SET person_role = CONCAT(DATABASE(), '_person');
    CALL account_of(the_name, '', is_foreign, is_ours, has_wanted, other_role);
    IF is_foreign OR (is_ours AND NOT is_begun) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:account_exists';
    END IF;
    UPDATE users SET account_at = COALESCE(account_at, UTC_TIMESTAMP(6)), code_until = '1970-01-01', pin_hash = NULL
    WHERE uuid = person;
    COMMIT;
    SET account = CONCAT(QUOTE(the_name), '@', QUOTE(CHAR(37 USING utf8mb4)));
    SET credentials = CONCAT(
        ' REQUIRE ',
        IF(EXISTS (SELECT 1 FROM settings WHERE setting_name = 'server_tls' AND setting_value = 'no'), 'NONE', 'SSL'),
        ' PASSWORD EXPIRE ACCOUNT UNLOCK',
        IF(LOCATE('MariaDB', VERSION()) > 0, '',
           ' FAILED_LOGIN_ATTEMPTS 5 PASSWORD_LOCK_TIME 1 PASSWORD HISTORY 5 PASSWORD REQUIRE CURRENT'));
    IF is_ours THEN
        BEGIN
            DECLARE EXIT HANDLER FOR 3638
            BEGIN
                CALL run_statement(CONCAT(
                    'ALTER USER ', account, ' IDENTIFIED BY ', QUOTE(code),
                    REPLACE(credentials, 'PASSWORD HISTORY 5', 'PASSWORD HISTORY 0')));
                CALL run_statement(CONCAT('ALTER USER ', account, ' PASSWORD HISTORY 5'));
            END;
            CALL run_statement(CONCAT('ALTER USER ', account, ' IDENTIFIED BY ', QUOTE(code), credentials));
        END;
    ELSEIF LOCATE('MariaDB', VERSION()) > 0 THEN
        CALL run_statement(CONCAT('CREATE USER ', account, ' IDENTIFIED BY ', QUOTE(code), credentials));
        CALL run_statement(CONCAT('GRANT `', person_role, '` TO ', account));
        CALL default_role(account, person_role);
    ELSE
        CALL run_statement(CONCAT(
            'CREATE USER ', account, ' IDENTIFIED BY ', QUOTE(code), ' DEFAULT ROLE `', person_role, '`', credentials));
    END IF;
    CALL agree_account(person, TRUE);
    CALL end_sessions(the_name);
    UPDATE users SET code_until = UTC_TIMESTAMP(6) + INTERVAL hours HOUR WHERE uuid = person;
    COMMIT;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE is_name_free(IN the_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)
    COMMENT 'f12e1016fe2da37f'
    READS SQL DATA
BEGIN
    SELECT NOT EXISTS (SELECT 1 FROM mysql.user WHERE User = the_name) AS is_free;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE my_pin_hash()
    COMMENT '4f3e07cd2aa90830'
    READS SQL DATA
BEGIN
    SELECT pin_hash FROM users WHERE sign_in_name = SUBSTRING_INDEX(USER(), '@', 1) AND account_at IS NOT NULL;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE run_statement(IN statement_text TEXT CHARACTER SET utf8mb4)
    COMMENT '5b26fa7df0e22ede'
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
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE set_my_password_hash(IN the_hash VARCHAR(255) CHARACTER SET utf8mb4)
    COMMENT 'cdfd7d142f8a5034'
    MODIFIES SQL DATA
BEGIN
    UPDATE users SET password_hash = the_hash
    WHERE sign_in_name = SUBSTRING_INDEX(USER(), '@', 1) AND account_at IS NOT NULL;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE set_my_pin_hash(IN the_hash VARCHAR(255) CHARACTER SET utf8mb4)
    COMMENT '143e7f198500232b'
    MODIFIES SQL DATA
BEGIN
    UPDATE users SET pin_hash = the_hash
    WHERE sign_in_name = SUBSTRING_INDEX(USER(), '@', 1) AND account_at IS NOT NULL;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE settle_account(IN person BINARY(16))
    COMMENT '57f47f78510300a4'
    MODIFIES SQL DATA
BEGIN
    DECLARE the_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE other_role VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE is_foreign, is_ours, has_wanted BOOL;
    SELECT sign_in_name INTO the_name FROM users WHERE uuid = person AND account_at IS NOT NULL;
    IF the_name IS NULL THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:no_person';
    END IF;
    CALL account_of(the_name, '', is_foreign, is_ours, has_wanted, other_role);
    IF is_foreign AND NOT is_ours THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:account_exists';
    END IF;
    CALL agree_account(person, TRUE);
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE take_seats(IN event INT, IN taken INT)
    COMMENT 'bed69447d5a43612'
    MODIFIES SQL DATA
BEGIN
    DECLARE capacity, held INT;
    IF taken <> 0 THEN
        SELECT max_capacity, seats_taken INTO capacity, held FROM events WHERE id = event FOR UPDATE;
        IF held IS NULL OR (taken > 0 AND held + taken > capacity) THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:event_full';
        END IF;
        SET @avenrae_event = event, @avenrae_seats_taken = held + taken;
        UPDATE events SET seats_taken = held + taken WHERE id = event;
        SET @avenrae_event = NULL;
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE take_slots(
    IN booking INT, IN healer INT, IN room INT, IN in_lane INT, IN starts DATETIME(6), IN ends DATETIME(6),
    IN buffer_before INT, IN buffer_after INT)
    COMMENT '0248c4d425cf60ab'
    MODIFIES SQL DATA
BEGIN
    DECLARE first_moment, last_moment BIGINT;
    DECLARE first_slot, last_slot, s, healer_resource, wanted INT;
    SET first_moment = TIMESTAMPDIFF(MICROSECOND, '1970-01-01', starts) - buffer_before * 60000000;
    SET last_moment = TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ends) + buffer_after * 60000000 - 1;
    IF first_moment IS NULL OR last_moment IS NULL OR first_moment < 0 OR last_moment < first_moment THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:bad_time';
    END IF;
    SET first_slot = first_moment DIV 300000000;
    SET last_slot = last_moment DIV 300000000;
    SET healer_resource = (SELECT id FROM resources WHERE healer_id = healer);
    IF healer_resource IS NULL THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:no_resource';
    END IF;
    SET s = first_slot;
    WHILE s <= last_slot DO
        INSERT INTO booking_slots (resource_id, slot, lane, booking_id)
        VALUES (healer_resource, s, in_lane, booking);
        IF room IS NOT NULL THEN
            INSERT INTO booking_slots (resource_id, slot, lane, booking_id) VALUES (room, s, in_lane, booking);
        END IF;
        SET s = s + 1;
    END WHILE;
    SET wanted = (last_slot - first_slot + 1) * IF(room IS NULL, 1, 2);
    IF (SELECT COUNT(*) FROM booking_slots WHERE booking_id = booking) <> wanted THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:slot_taken';
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE take_stock(IN product INT, IN taken INT)
    COMMENT 'c0b96b49b08bcb57'
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
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` PROCEDURE use_coupon(IN coupon INT, IN uses INT)
    COMMENT '12241fdc641a2e07'
    MODIFIES SQL DATA
BEGIN
    DECLARE most, used INT;
    IF coupon IS NOT NULL AND uses <> 0 THEN
        SELECT max_uses, used_count INTO most, used FROM coupons WHERE id = coupon FOR UPDATE;
        IF used IS NULL OR (uses > 0 AND used + uses > most) THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:coupon_used_up';
        END IF;
        SET @avenrae_coupon = coupon, @avenrae_used_count = used + uses;
        UPDATE coupons SET used_count = used + uses WHERE id = coupon;
        SET @avenrae_coupon = NULL;
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER audit_logs_before_delete BEFORE DELETE ON audit_logs FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:append_only';;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER audit_logs_before_update BEFORE UPDATE ON audit_logs FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:append_only';;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER bookings_after_delete AFTER DELETE ON bookings FOR EACH ROW
    DELETE FROM booking_slots WHERE booking_id = OLD.id;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER bookings_after_insert AFTER INSERT ON bookings FOR EACH ROW
BEGIN
    IF NEW.status NOT IN ('cancelled', 'no_show') THEN
        CALL take_slots(NEW.id, NEW.healer_id, NEW.room_id, NEW.lane, NEW.booking_date, NEW.ends_at,
                        NEW.buffer_before_minutes, NEW.buffer_after_minutes);
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER bookings_after_update AFTER UPDATE ON bookings FOR EACH ROW
BEGIN
    DECLARE is_written BOOL;
    IF NOT (NEW.id = OLD.id AND NEW.healer_id = OLD.healer_id AND NEW.room_id <=> OLD.room_id
            AND NEW.booking_date = OLD.booking_date AND NEW.ends_at = OLD.ends_at
            AND NEW.buffer_before_minutes = OLD.buffer_before_minutes
            AND NEW.buffer_after_minutes = OLD.buffer_after_minutes
            AND NEW.status = OLD.status AND NEW.lane = OLD.lane) THEN
        SELECT COUNT(*) INTO is_written FROM bookings
        WHERE id = NEW.id AND uuid = NEW.uuid AND healer_id = NEW.healer_id AND room_id <=> NEW.room_id
          AND booking_date = NEW.booking_date AND ends_at = NEW.ends_at AND status = NEW.status AND lane = NEW.lane
          AND buffer_before_minutes = NEW.buffer_before_minutes AND buffer_after_minutes = NEW.buffer_after_minutes
        LOCK IN SHARE MODE;
        IF is_written THEN
            DELETE FROM booking_slots WHERE booking_id IN (OLD.id, NEW.id);
            IF NEW.status NOT IN ('cancelled', 'no_show') THEN
                CALL take_slots(NEW.id, NEW.healer_id, NEW.room_id, NEW.lane, NEW.booking_date, NEW.ends_at,
                                NEW.buffer_before_minutes, NEW.buffer_after_minutes);
            END IF;
        END IF;
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER bookings_before_delete BEFORE DELETE ON bookings FOR EACH ROW
    IF EXISTS (SELECT 1 FROM transactions WHERE booking_id = OLD.id) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:never_deleted';
    END IF;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER bookings_before_insert BEFORE INSERT ON bookings FOR EACH ROW
BEGIN
    DECLARE uses INT;
    IF NEW.paid_amount <> 0 OR NEW.refunded_amount <> 0 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:kept_by_the_ledger';
    END IF;
    IF NEW.coupon_id IS NOT NULL THEN
        SELECT used_count INTO uses FROM coupons WHERE id = NEW.coupon_id FOR UPDATE;
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER bookings_before_update BEFORE UPDATE ON bookings FOR EACH ROW
BEGIN
    DECLARE paid, refunded DECIMAL(12, 2);
    DECLARE uses INT;
    IF NEW.id <> OLD.id AND EXISTS (SELECT 1 FROM transactions WHERE booking_id = OLD.id) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:key_is_fixed';
    END IF;
    IF NEW.paid_amount <> OLD.paid_amount OR NEW.refunded_amount <> OLD.refunded_amount THEN
        SELECT COALESCE(SUM(IF(kind = 'payment', amount, 0)), 0), COALESCE(SUM(IF(kind = 'refund', -amount, 0)), 0)
        INTO paid, refunded FROM transactions WHERE booking_id = NEW.id LOCK IN SHARE MODE;
        IF NEW.paid_amount <> paid OR NEW.refunded_amount <> refunded THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:kept_by_the_ledger';
        END IF;
    END IF;
    IF NEW.paid_amount <> OLD.paid_amount OR NEW.refunded_amount <> OLD.refunded_amount
       OR NEW.total_price <> OLD.total_price OR NEW.payment_status <> OLD.payment_status THEN
        SET NEW.payment_status = CASE WHEN NEW.refunded_amount > 0 AND NEW.refunded_amount = NEW.paid_amount THEN 'refunded'
                                      WHEN NEW.refunded_amount > 0 THEN 'partly_refunded'
                                      WHEN NEW.paid_amount = 0 THEN 'unpaid'
                                      WHEN NEW.paid_amount >= NEW.total_price THEN 'paid'
                                      ELSE 'partly_paid' END;
    END IF;
    IF NEW.coupon_id IS NOT NULL AND NOT (NEW.coupon_id <=> OLD.coupon_id) THEN
        SELECT used_count INTO uses FROM coupons WHERE id = NEW.coupon_id FOR UPDATE;
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER bookings_coupon_after_delete AFTER DELETE ON bookings FOR EACH ROW
    IF OLD.coupon_id IS NOT NULL AND OLD.status <> 'cancelled' THEN
        CALL use_coupon(OLD.coupon_id, -1);
    END IF;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER bookings_coupon_after_insert AFTER INSERT ON bookings FOR EACH ROW
    IF NEW.coupon_id IS NOT NULL AND NEW.status <> 'cancelled' THEN
        CALL use_coupon(NEW.coupon_id, 1);
    END IF;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER bookings_coupon_after_update AFTER UPDATE ON bookings FOR EACH ROW
BEGIN
    DECLARE coupon INT;
    DECLARE uses BOOL;
    IF NOT (NEW.coupon_id <=> OLD.coupon_id) OR (NEW.status = 'cancelled') <> (OLD.status = 'cancelled') THEN
        SELECT coupon_id, status <> 'cancelled' INTO coupon, uses FROM bookings WHERE id = NEW.id LOCK IN SHARE MODE;
        IF NOT (coupon <=> OLD.coupon_id) OR uses = (OLD.status = 'cancelled') THEN
            CALL use_coupon(OLD.coupon_id, IF(OLD.status = 'cancelled', 0, -1));
            CALL use_coupon(coupon, uses);
        END IF;
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER clients_after_insert AFTER INSERT ON clients FOR EACH ROW
    INSERT IGNORE INTO user_roles (user_id, role, created_at) VALUES (NEW.user_id, 'client', NEW.created_at);;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER commands_after_insert AFTER INSERT ON commands FOR EACH ROW
    INSERT INTO audit_logs (uuid, user_id, action, detail, command_uuid, created_at)
    VALUES (NEW.uuid, NEW.actor_id, NEW.kind, NEW.body, NEW.uuid, NEW.created_at);;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER commands_before_delete BEFORE DELETE ON commands FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:append_only';;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER commands_before_insert BEFORE INSERT ON commands FOR EACH ROW
BEGIN
    DECLARE me INT DEFAULT (
        SELECT id FROM users WHERE sign_in_name = SUBSTRING_INDEX(USER(), '@', 1) AND account_at IS NOT NULL);
    IF me IS NOT NULL AND NOT (me <=> NEW.actor_id) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:not_you';
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER commands_before_update BEFORE UPDATE ON commands FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:append_only';;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER coupons_before_delete BEFORE DELETE ON coupons FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:never_deleted';;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER coupons_before_insert BEFORE INSERT ON coupons FOR EACH ROW
    IF NEW.used_count <> 0 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:counted_by_triggers';
    END IF;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER coupons_before_update BEFORE UPDATE ON coupons FOR EACH ROW
BEGIN
    IF NEW.id <> OLD.id THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:key_is_fixed';
    END IF;
    IF NEW.used_count <> OLD.used_count
       AND NOT (@avenrae_coupon <=> NEW.id AND @avenrae_used_count <=> NEW.used_count) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:counted_by_triggers';
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER event_registrations_after_insert AFTER INSERT ON event_registrations FOR EACH ROW
    IF NEW.status IN ('registered', 'attended', 'no_show') THEN
        CALL take_seats(NEW.event_id, NEW.seats);
    END IF;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER event_registrations_after_update AFTER UPDATE ON event_registrations FOR EACH ROW
BEGIN
    DECLARE held INT;
    SELECT IF(status IN ('registered', 'attended', 'no_show'), seats, 0) INTO held
    FROM event_registrations WHERE id = NEW.id LOCK IN SHARE MODE;
    CALL take_seats(OLD.event_id, held - IF(OLD.status IN ('registered', 'attended', 'no_show'), OLD.seats, 0));
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER event_registrations_before_delete BEFORE DELETE ON event_registrations FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:never_deleted';;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER event_registrations_before_insert BEFORE INSERT ON event_registrations FOR EACH ROW
BEGIN
    DECLARE uses INT;
    DECLARE held INT;
    IF NEW.paid_amount <> 0 OR NEW.refunded_amount <> 0 OR NEW.payment_status <> 'unpaid' THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:kept_by_the_ledger';
    END IF;
    SELECT seats_taken INTO held FROM events WHERE id = NEW.event_id FOR UPDATE;
    IF NEW.coupon_id IS NOT NULL THEN
        SELECT used_count INTO uses FROM coupons WHERE id = NEW.coupon_id FOR UPDATE;
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER event_registrations_before_update BEFORE UPDATE ON event_registrations FOR EACH ROW
BEGIN
    DECLARE paid, refunded DECIMAL(12, 2);
    DECLARE uses INT;
    IF NEW.id <> OLD.id OR NEW.event_id <> OLD.event_id THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:key_is_fixed';
    END IF;
    IF NEW.paid_amount <> OLD.paid_amount OR NEW.refunded_amount <> OLD.refunded_amount THEN
        SELECT COALESCE(SUM(IF(kind = 'payment', amount, 0)), 0), COALESCE(SUM(IF(kind = 'refund', -amount, 0)), 0)
        INTO paid, refunded FROM transactions WHERE event_registration_id = NEW.id LOCK IN SHARE MODE;
        IF NEW.paid_amount <> paid OR NEW.refunded_amount <> refunded THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:kept_by_the_ledger';
        END IF;
    END IF;
    IF NEW.paid_amount <> OLD.paid_amount OR NEW.refunded_amount <> OLD.refunded_amount
       OR NEW.total_price <> OLD.total_price OR NEW.payment_status <> OLD.payment_status THEN
        SET NEW.payment_status = CASE WHEN NEW.refunded_amount > 0 AND NEW.refunded_amount = NEW.paid_amount THEN 'refunded'
                                      WHEN NEW.refunded_amount > 0 THEN 'partly_refunded'
                                      WHEN NEW.paid_amount = 0 THEN 'unpaid'
                                      WHEN NEW.paid_amount >= NEW.total_price THEN 'paid'
                                      ELSE 'partly_paid' END;
    END IF;
    IF NEW.coupon_id IS NOT NULL AND NOT (NEW.coupon_id <=> OLD.coupon_id) THEN
        SELECT used_count INTO uses FROM coupons WHERE id = NEW.coupon_id FOR UPDATE;
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER event_registrations_coupon_after_insert AFTER INSERT ON event_registrations FOR EACH ROW
    IF NEW.coupon_id IS NOT NULL AND NEW.status <> 'cancelled' THEN
        CALL use_coupon(NEW.coupon_id, 1);
    END IF;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER event_registrations_coupon_after_update AFTER UPDATE ON event_registrations FOR EACH ROW
BEGIN
    DECLARE coupon INT;
    DECLARE uses BOOL;
    IF NOT (NEW.coupon_id <=> OLD.coupon_id) OR (NEW.status = 'cancelled') <> (OLD.status = 'cancelled') THEN
        SELECT coupon_id, status <> 'cancelled' INTO coupon, uses FROM event_registrations WHERE id = NEW.id LOCK IN SHARE MODE;
        IF NOT (coupon <=> OLD.coupon_id) OR uses = (OLD.status = 'cancelled') THEN
            CALL use_coupon(OLD.coupon_id, IF(OLD.status = 'cancelled', 0, -1));
            CALL use_coupon(coupon, uses);
        END IF;
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER events_before_delete BEFORE DELETE ON events FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:never_deleted';;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER events_before_insert BEFORE INSERT ON events FOR EACH ROW
    IF NEW.seats_taken <> 0 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:counted_by_triggers';
    END IF;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER events_before_update BEFORE UPDATE ON events FOR EACH ROW
BEGIN
    IF NEW.id <> OLD.id THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:key_is_fixed';
    END IF;
    IF NEW.seats_taken <> OLD.seats_taken
       AND NOT (@avenrae_event <=> NEW.id AND @avenrae_seats_taken <=> NEW.seats_taken) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:counted_by_triggers';
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER order_items_after_insert AFTER INSERT ON order_items FOR EACH ROW
    IF NEW.holds_stock THEN
        CALL take_stock(NEW.product_id, NEW.quantity - NEW.restocked_quantity);
    END IF;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER order_items_after_update AFTER UPDATE ON order_items FOR EACH ROW
BEGIN
    DECLARE held INT;
    SELECT IF(holds_stock, quantity - restocked_quantity, 0) INTO held
    FROM order_items WHERE id = NEW.id LOCK IN SHARE MODE;
    CALL take_stock(OLD.product_id, held - IF(OLD.holds_stock, OLD.quantity - OLD.restocked_quantity, 0));
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER order_items_before_delete BEFORE DELETE ON order_items FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:never_deleted';;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER order_items_before_insert BEFORE INSERT ON order_items FOR EACH ROW
BEGIN
    DECLARE is_held BOOL;
    DECLARE on_hand INT;
    SELECT status <> 'cancelled' INTO is_held FROM orders WHERE id = NEW.order_id FOR UPDATE;
    IF NOT (NEW.holds_stock <=> is_held) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:holds_stock_as_order';
    END IF;
    SELECT stock_quantity INTO on_hand FROM products WHERE id = NEW.product_id FOR UPDATE;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER order_items_before_update BEFORE UPDATE ON order_items FOR EACH ROW
BEGIN
    DECLARE is_held BOOL;
    IF NEW.id <> OLD.id OR NEW.order_id <> OLD.order_id OR NEW.product_id <> OLD.product_id THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:key_is_fixed';
    END IF;
    IF NOT (NEW.holds_stock <=> OLD.holds_stock) THEN
        SELECT status <> 'cancelled' INTO is_held FROM orders WHERE id = NEW.order_id LOCK IN SHARE MODE;
        IF NOT (NEW.holds_stock <=> is_held) THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:holds_stock_as_order';
        END IF;
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER orders_after_update AFTER UPDATE ON orders FOR EACH ROW
BEGIN
    DECLARE is_held BOOL;
    IF (NEW.status = 'cancelled') <> (OLD.status = 'cancelled') THEN
        SELECT status <> 'cancelled' INTO is_held FROM orders WHERE id = NEW.id LOCK IN SHARE MODE;
        IF is_held = (OLD.status = 'cancelled') THEN
            UPDATE order_items SET holds_stock = is_held WHERE order_id = NEW.id;
        END IF;
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER orders_before_delete BEFORE DELETE ON orders FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:never_deleted';;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER orders_before_insert BEFORE INSERT ON orders FOR EACH ROW
BEGIN
    DECLARE uses INT;
    IF NEW.paid_amount <> 0 OR NEW.refunded_amount <> 0 OR NEW.payment_status <> 'unpaid' THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:kept_by_the_ledger';
    END IF;
    IF NEW.coupon_id IS NOT NULL THEN
        SELECT used_count INTO uses FROM coupons WHERE id = NEW.coupon_id FOR UPDATE;
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER orders_before_update BEFORE UPDATE ON orders FOR EACH ROW
BEGIN
    DECLARE paid, refunded DECIMAL(12, 2);
    DECLARE uses INT;
    IF NEW.id <> OLD.id THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:key_is_fixed';
    END IF;
    IF NEW.paid_amount <> OLD.paid_amount OR NEW.refunded_amount <> OLD.refunded_amount THEN
        SELECT COALESCE(SUM(IF(kind = 'payment', amount, 0)), 0), COALESCE(SUM(IF(kind = 'refund', -amount, 0)), 0)
        INTO paid, refunded FROM transactions WHERE order_id = NEW.id LOCK IN SHARE MODE;
        IF NEW.paid_amount <> paid OR NEW.refunded_amount <> refunded THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:kept_by_the_ledger';
        END IF;
    END IF;
    IF NEW.paid_amount <> OLD.paid_amount OR NEW.refunded_amount <> OLD.refunded_amount
       OR NEW.total_amount <> OLD.total_amount OR NEW.payment_status <> OLD.payment_status THEN
        SET NEW.payment_status = CASE WHEN NEW.refunded_amount > 0 AND NEW.refunded_amount = NEW.paid_amount THEN 'refunded'
                                      WHEN NEW.refunded_amount > 0 THEN 'partly_refunded'
                                      WHEN NEW.paid_amount = 0 THEN 'unpaid'
                                      WHEN NEW.paid_amount >= NEW.total_amount THEN 'paid'
                                      ELSE 'partly_paid' END;
    END IF;
    IF NEW.coupon_id IS NOT NULL AND NOT (NEW.coupon_id <=> OLD.coupon_id) THEN
        SELECT used_count INTO uses FROM coupons WHERE id = NEW.coupon_id FOR UPDATE;
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER orders_coupon_after_insert AFTER INSERT ON orders FOR EACH ROW
    IF NEW.coupon_id IS NOT NULL AND NEW.status <> 'cancelled' THEN
        CALL use_coupon(NEW.coupon_id, 1);
    END IF;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER orders_coupon_after_update AFTER UPDATE ON orders FOR EACH ROW
BEGIN
    DECLARE coupon INT;
    DECLARE uses BOOL;
    IF NOT (NEW.coupon_id <=> OLD.coupon_id) OR (NEW.status = 'cancelled') <> (OLD.status = 'cancelled') THEN
        SELECT coupon_id, status <> 'cancelled' INTO coupon, uses FROM orders WHERE id = NEW.id LOCK IN SHARE MODE;
        IF NOT (coupon <=> OLD.coupon_id) OR uses = (OLD.status = 'cancelled') THEN
            CALL use_coupon(OLD.coupon_id, IF(OLD.status = 'cancelled', 0, -1));
            CALL use_coupon(coupon, uses);
        END IF;
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER products_before_delete BEFORE DELETE ON products FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:never_deleted';;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER products_before_update BEFORE UPDATE ON products FOR EACH ROW
    IF NEW.id <> OLD.id THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:key_is_fixed';
    END IF;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER resources_before_delete BEFORE DELETE ON resources FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:resource_is_fixed';;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER resources_before_update BEFORE UPDATE ON resources FOR EACH ROW
    IF NOT (NEW.id = OLD.id AND NEW.healer_id <=> OLD.healer_id) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:resource_is_fixed';
    END IF;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER settings_before_insert BEFORE INSERT ON settings FOR EACH ROW
    IF (NEW.setting_name = 'schema_version' OR LEFT(NEW.setting_name, 7) = 'server_')
       AND EXISTS (SELECT 1 FROM users WHERE sign_in_name = SUBSTRING_INDEX(USER(), '@', 1) AND account_at IS NOT NULL)
    THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:set_up_only';
    END IF;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER settings_before_update BEFORE UPDATE ON settings FOR EACH ROW
    IF (NEW.setting_name = 'schema_version' OR LEFT(NEW.setting_name, 7) = 'server_')
       AND EXISTS (SELECT 1 FROM users WHERE sign_in_name = SUBSTRING_INDEX(USER(), '@', 1) AND account_at IS NOT NULL)
    THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:set_up_only';
    END IF;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER transactions_after_insert AFTER INSERT ON transactions FOR EACH ROW
BEGIN
    DECLARE paid, refunded, price DECIMAL(12, 2);
    DECLARE come DECIMAL(12, 2) DEFAULT IF(NEW.kind = 'payment', NEW.amount, 0);
    DECLARE gone DECIMAL(12, 2) DEFAULT IF(NEW.kind = 'refund', -NEW.amount, 0);
    IF NEW.booking_id IS NOT NULL THEN
        SELECT paid_amount, refunded_amount, total_price INTO paid, refunded, price FROM bookings WHERE id = NEW.booking_id FOR UPDATE;
        SET paid = paid + come, refunded = refunded + gone;
        CALL check_paid(paid, refunded, price);
        UPDATE bookings SET paid_amount = paid, refunded_amount = refunded WHERE id = NEW.booking_id;
    ELSEIF NEW.order_id IS NOT NULL THEN
        SELECT paid_amount, refunded_amount, total_amount INTO paid, refunded, price FROM orders WHERE id = NEW.order_id FOR UPDATE;
        SET paid = paid + come, refunded = refunded + gone;
        CALL check_paid(paid, refunded, price);
        UPDATE orders SET paid_amount = paid, refunded_amount = refunded WHERE id = NEW.order_id;
    ELSEIF NEW.event_registration_id IS NOT NULL THEN
        SELECT paid_amount, refunded_amount, total_price INTO paid, refunded, price FROM event_registrations WHERE id = NEW.event_registration_id FOR UPDATE;
        SET paid = paid + come, refunded = refunded + gone;
        CALL check_paid(paid, refunded, price);
        UPDATE event_registrations SET paid_amount = paid, refunded_amount = refunded WHERE id = NEW.event_registration_id;
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER transactions_before_delete BEFORE DELETE ON transactions FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:append_only';;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER transactions_before_insert BEFORE INSERT ON transactions FOR EACH ROW
BEGIN
    DECLARE paid, given_back DECIMAL(12, 2);
    DECLARE found INT;
    IF NEW.kind NOT IN ('payment', 'refund') OR NEW.tender = '' THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:bad_value';
    END IF;
    IF NEW.booking_id IS NOT NULL THEN
        SELECT paid_amount INTO paid FROM bookings WHERE id = NEW.booking_id FOR UPDATE;
    ELSEIF NEW.order_id IS NOT NULL THEN
        SELECT paid_amount INTO paid FROM orders WHERE id = NEW.order_id FOR UPDATE;
    ELSEIF NEW.event_registration_id IS NOT NULL THEN
        SELECT paid_amount INTO paid FROM event_registrations WHERE id = NEW.event_registration_id FOR UPDATE;
    ELSE
        SELECT id INTO found FROM clients WHERE id = NEW.client_id FOR UPDATE;
    END IF;
    IF NEW.reverses_id IS NOT NULL THEN
        SELECT COUNT(*) INTO found FROM transactions t
        WHERE t.id = NEW.reverses_id AND t.reverses_id IS NULL AND t.kind = NEW.kind AND t.tender = NEW.tender
          AND t.amount = -NEW.amount AND t.currency = NEW.currency AND t.booking_id <=> NEW.booking_id
          AND t.order_id <=> NEW.order_id AND t.event_registration_id <=> NEW.event_registration_id
          AND t.client_id <=> NEW.client_id AND t.refund_of_id <=> NEW.refund_of_id;
        IF found <> 1 THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:reverses_another';
        END IF;
    END IF;
    IF NEW.refund_of_id IS NOT NULL AND NEW.reverses_id IS NULL THEN
        SELECT SUM(t.amount) INTO paid FROM transactions t
        WHERE t.id = NEW.refund_of_id AND t.kind = 'payment' AND t.reverses_id IS NULL AND t.currency = NEW.currency
          AND t.booking_id <=> NEW.booking_id AND t.order_id <=> NEW.order_id
          AND t.event_registration_id <=> NEW.event_registration_id AND t.client_id <=> NEW.client_id
        LOCK IN SHARE MODE;
        SELECT COALESCE(-SUM(t.amount), 0) INTO given_back FROM transactions t
        WHERE t.refund_of_id = NEW.refund_of_id OR t.reverses_id = NEW.refund_of_id LOCK IN SHARE MODE;
        IF paid IS NULL OR given_back - NEW.amount > paid THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:refund_too_high';
        END IF;
    END IF;
END;;

CREATE DEFINER=`avenrae_owner`@`localhost` TRIGGER transactions_before_update BEFORE UPDATE ON transactions FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:append_only';;

DELIMITER ;

GRANT EXECUTE ON PROCEDURE `avenrae_db`.`accept_invite` TO 'avenrae_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`account_of` TO 'avenrae_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`agree_account` TO 'avenrae_owner'@'localhost';
GRANT INSERT, TRIGGER ON `avenrae_db`.`audit_logs` TO 'avenrae_owner'@'localhost';
GRANT DELETE, INSERT, SELECT ON `avenrae_db`.`booking_slots` TO 'avenrae_owner'@'localhost';
GRANT SELECT, TRIGGER, UPDATE (`paid_amount`, `payment_status`, `refunded_amount`) ON `avenrae_db`.`bookings` TO 'avenrae_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`change_myself` TO 'avenrae_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`check_paid` TO 'avenrae_owner'@'localhost';
GRANT SELECT, TRIGGER, UPDATE (`version`) ON `avenrae_db`.`clients` TO 'avenrae_owner'@'localhost';
GRANT SELECT, TRIGGER ON `avenrae_db`.`commands` TO 'avenrae_owner'@'localhost';
GRANT SELECT, TRIGGER, UPDATE (`used_count`) ON `avenrae_db`.`coupons` TO 'avenrae_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`default_role` TO 'avenrae_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`end_sessions` TO 'avenrae_owner'@'localhost';
GRANT SELECT, TRIGGER, UPDATE (`paid_amount`, `payment_status`, `refunded_amount`) ON `avenrae_db`.`event_registrations` TO 'avenrae_owner'@'localhost';
GRANT SELECT, TRIGGER, UPDATE (`seats_taken`) ON `avenrae_db`.`events` TO 'avenrae_owner'@'localhost';
GRANT SELECT ON `avenrae_db`.`healers` TO 'avenrae_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`i_am_here` TO 'avenrae_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`invite_account` TO 'avenrae_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`is_name_free` TO 'avenrae_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`my_pin_hash` TO 'avenrae_owner'@'localhost';
GRANT SELECT, TRIGGER, UPDATE (`holds_stock`) ON `avenrae_db`.`order_items` TO 'avenrae_owner'@'localhost';
GRANT SELECT, TRIGGER, UPDATE (`paid_amount`, `payment_status`, `refunded_amount`) ON `avenrae_db`.`orders` TO 'avenrae_owner'@'localhost';
GRANT DELETE, INSERT, SELECT, UPDATE ON `avenrae_db`.`presence` TO 'avenrae_owner'@'localhost';
GRANT SELECT, TRIGGER, UPDATE (`stock_quantity`) ON `avenrae_db`.`products` TO 'avenrae_owner'@'localhost';
GRANT SELECT, TRIGGER, UPDATE (`resource_name`, `version`) ON `avenrae_db`.`resources` TO 'avenrae_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`run_statement` TO 'avenrae_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`set_my_password_hash` TO 'avenrae_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`set_my_pin_hash` TO 'avenrae_owner'@'localhost';
GRANT SELECT, TRIGGER ON `avenrae_db`.`settings` TO 'avenrae_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`settle_account` TO 'avenrae_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`take_seats` TO 'avenrae_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`take_slots` TO 'avenrae_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`take_stock` TO 'avenrae_owner'@'localhost';
GRANT SELECT, TRIGGER ON `avenrae_db`.`transactions` TO 'avenrae_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`use_coupon` TO 'avenrae_owner'@'localhost';
GRANT INSERT, SELECT ON `avenrae_db`.`user_roles` TO 'avenrae_owner'@'localhost';
GRANT SELECT, UPDATE (`account_at`, `code_until`, `email`, `first_name`, `last_name`, `password_hash`, `pin_hash`, `seen_at`, `version`) ON `avenrae_db`.`users` TO 'avenrae_owner'@'localhost';

GRANT EXECUTE ON PROCEDURE `avenrae_db`.`accept_invite` TO `avenrae_db_person`;

GRANT EXECUTE ON PROCEDURE `avenrae_db`.`accept_invite` TO `avenrae_db_healer`;
GRANT INSERT (`created_at`, `created_by`, `ends_at`, `healer_id`, `reason`, `starts_at`, `uuid`), SELECT, UPDATE (`removed_at`, `version`) ON `avenrae_db`.`blocked_dates` TO `avenrae_db_healer`;
GRANT SELECT ON `avenrae_db`.`booking_slots` TO `avenrae_db_healer`;
GRANT INSERT (`booking_date`, `buffer_after_minutes`, `buffer_before_minutes`, `client_id`, `confirmed_at`, `created_at`, `created_by`, `ends_at`, `healer_id`, `lane`, `local_start`, `note`, `outside_hours_reason`, `overbooking_reason`, `room_id`, `service_id`, `status`, `time_zone`, `total_price`, `uuid`), SELECT, UPDATE (`arrived_at`, `booking_date`, `cancellation_reason`, `cancelled_at`, `completed_at`, `confirmed_at`, `ends_at`, `healer_id`, `lane`, `local_start`, `no_show_at`, `outside_hours_reason`, `overbooking_reason`, `room_id`, `status`, `version`, `withdrawn_at`) ON `avenrae_db`.`bookings` TO `avenrae_db_healer`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`change_myself` TO `avenrae_db_healer`;
GRANT INSERT (`contact_email`, `created_at`, `date_of_birth`, `email_key`, `emergency_contact_name`, `emergency_contact_phone`, `first_key`, `gender`, `last_key`, `note`, `other_key`, `phone`, `phone_key`, `phone_tail`, `preferred_healer_id`, `user_id`, `uuid`), SELECT, UPDATE (`archived_at`, `contact_email`, `date_of_birth`, `email_key`, `emergency_contact_name`, `emergency_contact_phone`, `first_key`, `gender`, `last_key`, `note`, `other_key`, `phone`, `phone_key`, `phone_tail`, `preferred_healer_id`, `version`) ON `avenrae_db`.`clients` TO `avenrae_db_healer`;
GRANT INSERT (`actor_id`, `answer`, `body`, `body_hash`, `created_at`, `kind`, `touched`, `undo_body`, `undo_kind`, `undoes`, `uuid`), SELECT (`actor_id`, `answer`, `body_hash`, `id`, `kind`, `touched`, `undo_body`, `undo_kind`, `undoes`, `uuid`) ON `avenrae_db`.`commands` TO `avenrae_db_healer`;
GRANT INSERT (`created_at`, `end_minute`, `healer_id`, `kind`, `label`, `start_minute`, `uuid`, `weekday`), SELECT, UPDATE (`removed_at`) ON `avenrae_db`.`healer_availability` TO `avenrae_db_healer`;
GRANT SELECT ON `avenrae_db`.`healers` TO `avenrae_db_healer`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`i_am_here` TO `avenrae_db_healer`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`my_pin_hash` TO `avenrae_db_healer`;
GRANT SELECT ON `avenrae_db`.`presence` TO `avenrae_db_healer`;
GRANT INSERT (`created_at`, `kind`, `resource_name`, `uuid`), SELECT, UPDATE (`archived_at`, `version`) ON `avenrae_db`.`resources` TO `avenrae_db_healer`;
GRANT INSERT (`created_at`, `healer_id`, `service_id`), SELECT, UPDATE (`ended_at`) ON `avenrae_db`.`service_providers` TO `avenrae_db_healer`;
GRANT INSERT (`buffer_after_minutes`, `buffer_before_minutes`, `created_at`, `description`, `duration_minutes`, `healer_id`, `price`, `room_id`, `service_category`, `service_name`, `uuid`), SELECT, UPDATE (`archived_at`, `buffer_after_minutes`, `buffer_before_minutes`, `description`, `duration_minutes`, `healer_id`, `price`, `room_id`, `service_category`, `service_name`, `version`) ON `avenrae_db`.`services` TO `avenrae_db_healer`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`set_my_password_hash` TO `avenrae_db_healer`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`set_my_pin_hash` TO `avenrae_db_healer`;
GRANT SELECT ON `avenrae_db`.`settings` TO `avenrae_db_healer`;
GRANT INSERT (`created_at`, `level`, `message`, `source`, `uuid`) ON `avenrae_db`.`system_logs` TO `avenrae_db_healer`;
GRANT SELECT ON `avenrae_db`.`user_roles` TO `avenrae_db_healer`;
GRANT INSERT (`created_at`, `first_name`, `last_name`, `user_type`, `uuid`), SELECT (`account_at`, `code_until`, `disabled_at`, `email`, `first_name`, `id`, `last_name`, `seen_at`, `sign_in_name`, `user_type`, `uuid`, `version`), UPDATE (`first_name`, `last_name`, `version`) ON `avenrae_db`.`users` TO `avenrae_db_healer`;

GRANT EXECUTE ON PROCEDURE `avenrae_db`.`accept_invite` TO `avenrae_db_front_desk`;
GRANT INSERT (`created_at`, `created_by`, `ends_at`, `healer_id`, `reason`, `starts_at`, `uuid`), SELECT, UPDATE (`removed_at`, `version`) ON `avenrae_db`.`blocked_dates` TO `avenrae_db_front_desk`;
GRANT SELECT ON `avenrae_db`.`booking_slots` TO `avenrae_db_front_desk`;
GRANT INSERT (`booking_date`, `buffer_after_minutes`, `buffer_before_minutes`, `client_id`, `confirmed_at`, `created_at`, `created_by`, `ends_at`, `healer_id`, `lane`, `local_start`, `note`, `outside_hours_reason`, `overbooking_reason`, `room_id`, `service_id`, `status`, `time_zone`, `total_price`, `uuid`), SELECT, UPDATE (`arrived_at`, `booking_date`, `cancellation_reason`, `cancelled_at`, `completed_at`, `confirmed_at`, `ends_at`, `healer_id`, `lane`, `local_start`, `no_show_at`, `outside_hours_reason`, `overbooking_reason`, `room_id`, `status`, `version`, `withdrawn_at`) ON `avenrae_db`.`bookings` TO `avenrae_db_front_desk`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`change_myself` TO `avenrae_db_front_desk`;
GRANT INSERT (`contact_email`, `created_at`, `date_of_birth`, `email_key`, `emergency_contact_name`, `emergency_contact_phone`, `first_key`, `gender`, `last_key`, `note`, `other_key`, `phone`, `phone_key`, `phone_tail`, `preferred_healer_id`, `user_id`, `uuid`), SELECT, UPDATE (`archived_at`, `contact_email`, `date_of_birth`, `email_key`, `emergency_contact_name`, `emergency_contact_phone`, `first_key`, `gender`, `last_key`, `note`, `other_key`, `phone`, `phone_key`, `phone_tail`, `preferred_healer_id`, `version`) ON `avenrae_db`.`clients` TO `avenrae_db_front_desk`;
GRANT INSERT (`actor_id`, `answer`, `body`, `body_hash`, `created_at`, `kind`, `touched`, `undo_body`, `undo_kind`, `undoes`, `uuid`), SELECT (`actor_id`, `answer`, `body_hash`, `id`, `kind`, `touched`, `undo_body`, `undo_kind`, `undoes`, `uuid`) ON `avenrae_db`.`commands` TO `avenrae_db_front_desk`;
GRANT INSERT (`created_at`, `end_minute`, `healer_id`, `kind`, `label`, `start_minute`, `uuid`, `weekday`), SELECT, UPDATE (`removed_at`) ON `avenrae_db`.`healer_availability` TO `avenrae_db_front_desk`;
GRANT SELECT ON `avenrae_db`.`healers` TO `avenrae_db_front_desk`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`i_am_here` TO `avenrae_db_front_desk`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`my_pin_hash` TO `avenrae_db_front_desk`;
GRANT SELECT ON `avenrae_db`.`presence` TO `avenrae_db_front_desk`;
GRANT SELECT, UPDATE (`version`) ON `avenrae_db`.`resources` TO `avenrae_db_front_desk`;
GRANT SELECT ON `avenrae_db`.`service_providers` TO `avenrae_db_front_desk`;
GRANT SELECT ON `avenrae_db`.`services` TO `avenrae_db_front_desk`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`set_my_password_hash` TO `avenrae_db_front_desk`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`set_my_pin_hash` TO `avenrae_db_front_desk`;
GRANT SELECT ON `avenrae_db`.`settings` TO `avenrae_db_front_desk`;
GRANT INSERT (`created_at`, `level`, `message`, `source`, `uuid`) ON `avenrae_db`.`system_logs` TO `avenrae_db_front_desk`;
GRANT SELECT ON `avenrae_db`.`user_roles` TO `avenrae_db_front_desk`;
GRANT INSERT (`created_at`, `first_name`, `last_name`, `user_type`, `uuid`), SELECT (`account_at`, `code_until`, `disabled_at`, `email`, `first_name`, `id`, `last_name`, `seen_at`, `sign_in_name`, `user_type`, `uuid`, `version`), UPDATE (`first_name`, `last_name`, `version`) ON `avenrae_db`.`users` TO `avenrae_db_front_desk`;

GRANT EXECUTE ON PROCEDURE `avenrae_db`.`accept_invite` TO `avenrae_db_healer_desk`;
GRANT INSERT (`created_at`, `created_by`, `ends_at`, `healer_id`, `reason`, `starts_at`, `uuid`), SELECT, UPDATE (`removed_at`, `version`) ON `avenrae_db`.`blocked_dates` TO `avenrae_db_healer_desk`;
GRANT SELECT ON `avenrae_db`.`booking_slots` TO `avenrae_db_healer_desk`;
GRANT INSERT (`booking_date`, `buffer_after_minutes`, `buffer_before_minutes`, `client_id`, `confirmed_at`, `created_at`, `created_by`, `ends_at`, `healer_id`, `lane`, `local_start`, `note`, `outside_hours_reason`, `overbooking_reason`, `room_id`, `service_id`, `status`, `time_zone`, `total_price`, `uuid`), SELECT, UPDATE (`arrived_at`, `booking_date`, `cancellation_reason`, `cancelled_at`, `completed_at`, `confirmed_at`, `ends_at`, `healer_id`, `lane`, `local_start`, `no_show_at`, `outside_hours_reason`, `overbooking_reason`, `room_id`, `status`, `version`, `withdrawn_at`) ON `avenrae_db`.`bookings` TO `avenrae_db_healer_desk`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`change_myself` TO `avenrae_db_healer_desk`;
GRANT INSERT (`contact_email`, `created_at`, `date_of_birth`, `email_key`, `emergency_contact_name`, `emergency_contact_phone`, `first_key`, `gender`, `last_key`, `note`, `other_key`, `phone`, `phone_key`, `phone_tail`, `preferred_healer_id`, `user_id`, `uuid`), SELECT, UPDATE (`archived_at`, `contact_email`, `date_of_birth`, `email_key`, `emergency_contact_name`, `emergency_contact_phone`, `first_key`, `gender`, `last_key`, `note`, `other_key`, `phone`, `phone_key`, `phone_tail`, `preferred_healer_id`, `version`) ON `avenrae_db`.`clients` TO `avenrae_db_healer_desk`;
GRANT INSERT (`actor_id`, `answer`, `body`, `body_hash`, `created_at`, `kind`, `touched`, `undo_body`, `undo_kind`, `undoes`, `uuid`), SELECT (`actor_id`, `answer`, `body_hash`, `id`, `kind`, `touched`, `undo_body`, `undo_kind`, `undoes`, `uuid`) ON `avenrae_db`.`commands` TO `avenrae_db_healer_desk`;
GRANT INSERT (`created_at`, `end_minute`, `healer_id`, `kind`, `label`, `start_minute`, `uuid`, `weekday`), SELECT, UPDATE (`removed_at`) ON `avenrae_db`.`healer_availability` TO `avenrae_db_healer_desk`;
GRANT SELECT ON `avenrae_db`.`healers` TO `avenrae_db_healer_desk`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`i_am_here` TO `avenrae_db_healer_desk`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`my_pin_hash` TO `avenrae_db_healer_desk`;
GRANT SELECT ON `avenrae_db`.`presence` TO `avenrae_db_healer_desk`;
GRANT INSERT (`created_at`, `kind`, `resource_name`, `uuid`), SELECT, UPDATE (`archived_at`, `version`) ON `avenrae_db`.`resources` TO `avenrae_db_healer_desk`;
GRANT INSERT (`created_at`, `healer_id`, `service_id`), SELECT, UPDATE (`ended_at`) ON `avenrae_db`.`service_providers` TO `avenrae_db_healer_desk`;
GRANT INSERT (`buffer_after_minutes`, `buffer_before_minutes`, `created_at`, `description`, `duration_minutes`, `healer_id`, `price`, `room_id`, `service_category`, `service_name`, `uuid`), SELECT, UPDATE (`archived_at`, `buffer_after_minutes`, `buffer_before_minutes`, `description`, `duration_minutes`, `healer_id`, `price`, `room_id`, `service_category`, `service_name`, `version`) ON `avenrae_db`.`services` TO `avenrae_db_healer_desk`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`set_my_password_hash` TO `avenrae_db_healer_desk`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`set_my_pin_hash` TO `avenrae_db_healer_desk`;
GRANT SELECT ON `avenrae_db`.`settings` TO `avenrae_db_healer_desk`;
GRANT INSERT (`created_at`, `level`, `message`, `source`, `uuid`) ON `avenrae_db`.`system_logs` TO `avenrae_db_healer_desk`;
GRANT SELECT ON `avenrae_db`.`user_roles` TO `avenrae_db_healer_desk`;
GRANT INSERT (`created_at`, `first_name`, `last_name`, `user_type`, `uuid`), SELECT (`account_at`, `code_until`, `disabled_at`, `email`, `first_name`, `id`, `last_name`, `seen_at`, `sign_in_name`, `user_type`, `uuid`, `version`), UPDATE (`first_name`, `last_name`, `version`) ON `avenrae_db`.`users` TO `avenrae_db_healer_desk`;

GRANT EXECUTE ON PROCEDURE `avenrae_db`.`accept_invite` TO `avenrae_db_admin`;
GRANT INSERT (`created_at`, `created_by`, `ends_at`, `healer_id`, `reason`, `starts_at`, `uuid`), SELECT, UPDATE (`removed_at`, `version`) ON `avenrae_db`.`blocked_dates` TO `avenrae_db_admin`;
GRANT SELECT ON `avenrae_db`.`booking_slots` TO `avenrae_db_admin`;
GRANT INSERT (`booking_date`, `buffer_after_minutes`, `buffer_before_minutes`, `client_id`, `confirmed_at`, `created_at`, `created_by`, `ends_at`, `healer_id`, `lane`, `local_start`, `note`, `outside_hours_reason`, `overbooking_reason`, `room_id`, `service_id`, `status`, `time_zone`, `total_price`, `uuid`), SELECT, UPDATE (`arrived_at`, `booking_date`, `cancellation_reason`, `cancelled_at`, `completed_at`, `confirmed_at`, `ends_at`, `healer_id`, `lane`, `local_start`, `no_show_at`, `outside_hours_reason`, `overbooking_reason`, `room_id`, `status`, `version`, `withdrawn_at`) ON `avenrae_db`.`bookings` TO `avenrae_db_admin`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`change_myself` TO `avenrae_db_admin`;
GRANT INSERT (`contact_email`, `created_at`, `date_of_birth`, `email_key`, `emergency_contact_name`, `emergency_contact_phone`, `first_key`, `gender`, `last_key`, `note`, `other_key`, `phone`, `phone_key`, `phone_tail`, `preferred_healer_id`, `user_id`, `uuid`), SELECT, UPDATE (`archived_at`, `contact_email`, `date_of_birth`, `email_key`, `emergency_contact_name`, `emergency_contact_phone`, `first_key`, `gender`, `last_key`, `note`, `other_key`, `phone`, `phone_key`, `phone_tail`, `preferred_healer_id`, `version`) ON `avenrae_db`.`clients` TO `avenrae_db_admin`;
GRANT INSERT (`actor_id`, `answer`, `body`, `body_hash`, `created_at`, `kind`, `touched`, `undo_body`, `undo_kind`, `undoes`, `uuid`), SELECT (`actor_id`, `answer`, `body_hash`, `id`, `kind`, `touched`, `undo_body`, `undo_kind`, `undoes`, `uuid`) ON `avenrae_db`.`commands` TO `avenrae_db_admin`;
GRANT SELECT ON `avenrae_db`.`coupons` TO `avenrae_db_admin`;
GRANT SELECT ON `avenrae_db`.`event_registrations` TO `avenrae_db_admin`;
GRANT SELECT ON `avenrae_db`.`events` TO `avenrae_db_admin`;
GRANT INSERT (`created_at`, `end_minute`, `healer_id`, `kind`, `label`, `start_minute`, `uuid`, `weekday`), SELECT, UPDATE (`removed_at`) ON `avenrae_db`.`healer_availability` TO `avenrae_db_admin`;
GRANT INSERT (`created_at`, `healer_type`, `hue`, `is_verified_healer`, `user_id`, `uuid`), SELECT, UPDATE (`healer_type`, `hue`, `version`) ON `avenrae_db`.`healers` TO `avenrae_db_admin`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`i_am_here` TO `avenrae_db_admin`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`invite_account` TO `avenrae_db_admin`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`is_name_free` TO `avenrae_db_admin`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`my_pin_hash` TO `avenrae_db_admin`;
GRANT SELECT ON `avenrae_db`.`order_items` TO `avenrae_db_admin`;
GRANT SELECT ON `avenrae_db`.`orders` TO `avenrae_db_admin`;
GRANT SELECT ON `avenrae_db`.`presence` TO `avenrae_db_admin`;
GRANT SELECT ON `avenrae_db`.`products` TO `avenrae_db_admin`;
GRANT INSERT (`created_at`, `healer_id`, `kind`, `resource_name`, `uuid`), SELECT, UPDATE (`archived_at`, `resource_name`, `version`) ON `avenrae_db`.`resources` TO `avenrae_db_admin`;
GRANT SELECT ON `avenrae_db`.`reviews` TO `avenrae_db_admin`;
GRANT INSERT (`created_at`, `healer_id`, `service_id`), SELECT, UPDATE (`ended_at`) ON `avenrae_db`.`service_providers` TO `avenrae_db_admin`;
GRANT INSERT (`buffer_after_minutes`, `buffer_before_minutes`, `created_at`, `description`, `duration_minutes`, `healer_id`, `price`, `room_id`, `service_category`, `service_name`, `uuid`), SELECT, UPDATE (`archived_at`, `buffer_after_minutes`, `buffer_before_minutes`, `description`, `duration_minutes`, `healer_id`, `price`, `room_id`, `service_category`, `service_name`, `version`) ON `avenrae_db`.`services` TO `avenrae_db_admin`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`set_my_password_hash` TO `avenrae_db_admin`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`set_my_pin_hash` TO `avenrae_db_admin`;
GRANT INSERT (`created_at`, `setting_name`, `setting_value`, `uuid`), SELECT, UPDATE (`setting_value`, `version`) ON `avenrae_db`.`settings` TO `avenrae_db_admin`;
GRANT EXECUTE ON PROCEDURE `avenrae_db`.`settle_account` TO `avenrae_db_admin`;
GRANT INSERT (`created_at`, `level`, `message`, `source`, `uuid`) ON `avenrae_db`.`system_logs` TO `avenrae_db_admin`;
GRANT SELECT ON `avenrae_db`.`transactions` TO `avenrae_db_admin`;
GRANT INSERT (`created_at`, `role`, `user_id`), SELECT, UPDATE (`ended_at`) ON `avenrae_db`.`user_roles` TO `avenrae_db_admin`;
GRANT INSERT (`created_at`, `first_name`, `is_verified`, `last_name`, `password_hash`, `sign_in_name`, `user_type`, `uuid`), SELECT (`account_at`, `code_until`, `disabled_at`, `email`, `first_name`, `id`, `last_name`, `seen_at`, `sign_in_name`, `user_type`, `uuid`, `version`), UPDATE (`disabled_at`, `first_name`, `last_name`, `password_hash`, `pin_hash`, `user_type`, `version`) ON `avenrae_db`.`users` TO `avenrae_db_admin`;

INSERT INTO settings (uuid, setting_name, setting_value, created_at)
VALUES (UNHEX(REPLACE(UUID(), '-', '')), 'schema_version', '3', UTC_TIMESTAMP(6));
