-- Generated from the models and database/{routines,triggers}/mysql by scripts/schema: do not edit.
-- mysql -u root -p < database/schema.sql
CREATE DATABASE IF NOT EXISTS avenrae_db CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
USE avenrae_db;
SET NAMES utf8mb4;

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
	CONSTRAINT uq_system_logs_uuid UNIQUE (uuid)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE INDEX ix_system_logs_created_at ON system_logs (created_at);

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
	CONSTRAINT fk_audit_logs_user_id FOREIGN KEY(user_id) REFERENCES users (id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE INDEX ix_audit_logs_command_uuid ON audit_logs (command_uuid);
CREATE INDEX ix_audit_logs_created_at ON audit_logs (created_at);
CREATE INDEX ix_audit_logs_user_id ON audit_logs (user_id);

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
	CONSTRAINT uq_commands_undoes UNIQUE (undoes)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE INDEX ix_commands_actor_id ON commands (actor_id);

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
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT ck_healers_rating_range CHECK (rating >= 0 and rating <= 5),
	CONSTRAINT ck_healers_hourly_rate_not_negative CHECK (hourly_rate >= 0),
	CONSTRAINT uq_healers_uuid UNIQUE (uuid),
	CONSTRAINT uq_healers_user_id UNIQUE (user_id),
	CONSTRAINT fk_healers_user_id FOREIGN KEY(user_id) REFERENCES users (id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE INDEX ix_healers_rating_healer_type ON healers (rating, healer_type);

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
	CONSTRAINT fk_presence_user_id FOREIGN KEY(user_id) REFERENCES users (id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE INDEX ix_presence_seen_at ON presence (seen_at);
CREATE INDEX ix_presence_user_id ON presence (user_id);

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
	CONSTRAINT fk_blocked_dates_created_by FOREIGN KEY(created_by) REFERENCES users (id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE INDEX ix_blocked_dates_created_by ON blocked_dates (created_by);
CREATE INDEX ix_blocked_dates_ends_at ON blocked_dates (ends_at);
CREATE INDEX ix_blocked_dates_healer_id ON blocked_dates (healer_id);
CREATE INDEX ix_blocked_dates_starts_at ON blocked_dates (starts_at);

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
	CONSTRAINT fk_clients_preferred_healer_id FOREIGN KEY(preferred_healer_id) REFERENCES healers (id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE INDEX ix_clients_email_key ON clients (email_key);
CREATE INDEX ix_clients_first_key ON clients (first_key);
CREATE INDEX ix_clients_last_key_first_key ON clients (last_key, first_key, id);
CREATE INDEX ix_clients_other_key ON clients (other_key);
CREATE INDEX ix_clients_phone_key ON clients (phone_key);
CREATE INDEX ix_clients_phone_tail ON clients (phone_tail);
CREATE INDEX ix_clients_preferred_healer_id ON clients (preferred_healer_id);

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
	CONSTRAINT fk_healer_availability_healer_id FOREIGN KEY(healer_id) REFERENCES healers (id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE INDEX ix_healer_availability_healer_id ON healer_availability (healer_id);

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
	CONSTRAINT fk_services_room_id FOREIGN KEY(room_id) REFERENCES resources (id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE INDEX ix_services_healer_id ON services (healer_id);
CREATE INDEX ix_services_room_id ON services (room_id);
CREATE INDEX ix_services_service_name ON services (service_name, id);

CREATE TABLE service_providers (
	service_id INTEGER NOT NULL,
	healer_id INTEGER NOT NULL,
	ended_at DATETIME(6),
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (service_id, healer_id),
	CONSTRAINT fk_service_providers_service_id FOREIGN KEY(service_id) REFERENCES services (id),
	CONSTRAINT fk_service_providers_healer_id FOREIGN KEY(healer_id) REFERENCES healers (id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE INDEX ix_service_providers_healer_id ON service_providers (healer_id);

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
	payment_status ENUM('unpaid','paid','refunded') NOT NULL DEFAULT 'unpaid',
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
	CONSTRAINT ck_bookings_client_rating_range CHECK (client_rating between 1 and 5),
	CONSTRAINT ck_bookings_lane_not_negative CHECK (lane >= 0),
	CONSTRAINT ck_bookings_overbooking_has_reason CHECK (lane = 0 or overbooking_reason is not null),
	CONSTRAINT ck_bookings_cancelled_has_time CHECK (status <> 'cancelled' or cancelled_at is not null),
	CONSTRAINT uq_bookings_uuid UNIQUE (uuid),
	CONSTRAINT fk_bookings_client_id FOREIGN KEY(client_id) REFERENCES clients (id),
	CONSTRAINT fk_bookings_healer_id FOREIGN KEY(healer_id) REFERENCES healers (id),
	CONSTRAINT fk_bookings_service_id FOREIGN KEY(service_id) REFERENCES services (id),
	CONSTRAINT fk_bookings_room_id FOREIGN KEY(room_id) REFERENCES resources (id),
	CONSTRAINT fk_bookings_created_by FOREIGN KEY(created_by) REFERENCES users (id)
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE INDEX ix_bookings_booking_date ON bookings (booking_date);
CREATE INDEX ix_bookings_client_id ON bookings (client_id);
CREATE INDEX ix_bookings_client_id_booking_date ON bookings (client_id, booking_date);
CREATE INDEX ix_bookings_created_by ON bookings (created_by);
CREATE INDEX ix_bookings_healer_id ON bookings (healer_id);
CREATE INDEX ix_bookings_healer_id_booking_date ON bookings (healer_id, booking_date);
CREATE INDEX ix_bookings_room_id ON bookings (room_id);
CREATE INDEX ix_bookings_service_id ON bookings (service_id);
CREATE INDEX ix_bookings_service_id_healer_id ON bookings (service_id, healer_id);

CREATE TABLE booking_slots (
	resource_id INTEGER NOT NULL,
	slot INTEGER NOT NULL,
	lane INTEGER NOT NULL,
	booking_id INTEGER NOT NULL,
	PRIMARY KEY (resource_id, slot, lane),
	CONSTRAINT fk_booking_slots_resource_id FOREIGN KEY(resource_id) REFERENCES resources (id),
	CONSTRAINT fk_booking_slots_booking_id FOREIGN KEY(booking_id) REFERENCES bookings (id) ON DELETE CASCADE
)ENGINE=InnoDB CHARSET=utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE INDEX ix_booking_slots_booking_id ON booking_slots (booking_id);

DELIMITER ;;

CREATE PROCEDURE take_slots(
    IN booking INT, IN healer INT, IN room INT, IN in_lane INT, IN starts DATETIME(6), IN ends DATETIME(6),
    IN buffer_before INT, IN buffer_after INT)
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

CREATE TRIGGER audit_logs_before_delete BEFORE DELETE ON audit_logs FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:append_only';;

CREATE TRIGGER audit_logs_before_update BEFORE UPDATE ON audit_logs FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:append_only';;

CREATE TRIGGER bookings_after_delete AFTER DELETE ON bookings FOR EACH ROW
    DELETE FROM booking_slots WHERE booking_id = OLD.id;;

CREATE TRIGGER bookings_after_insert AFTER INSERT ON bookings FOR EACH ROW
BEGIN
    IF NEW.status NOT IN ('cancelled', 'no_show') THEN
        CALL take_slots(NEW.id, NEW.healer_id, NEW.room_id, NEW.lane, NEW.booking_date, NEW.ends_at,
                        NEW.buffer_before_minutes, NEW.buffer_after_minutes);
    END IF;
END;;

CREATE TRIGGER bookings_after_update AFTER UPDATE ON bookings FOR EACH ROW
BEGIN
    IF NOT (NEW.id = OLD.id AND NEW.healer_id = OLD.healer_id AND NEW.room_id <=> OLD.room_id
            AND NEW.booking_date = OLD.booking_date AND NEW.ends_at = OLD.ends_at
            AND NEW.buffer_before_minutes = OLD.buffer_before_minutes
            AND NEW.buffer_after_minutes = OLD.buffer_after_minutes
            AND NEW.status = OLD.status AND NEW.lane = OLD.lane) THEN
        DELETE FROM booking_slots WHERE booking_id IN (OLD.id, NEW.id);
        IF NEW.status NOT IN ('cancelled', 'no_show') THEN
            CALL take_slots(NEW.id, NEW.healer_id, NEW.room_id, NEW.lane, NEW.booking_date, NEW.ends_at,
                            NEW.buffer_before_minutes, NEW.buffer_after_minutes);
        END IF;
    END IF;
END;;

CREATE TRIGGER commands_after_insert AFTER INSERT ON commands FOR EACH ROW
    INSERT INTO audit_logs (uuid, user_id, action, detail, command_uuid, created_at)
    VALUES (NEW.uuid, NEW.actor_id, NEW.kind, NEW.body, NEW.uuid, NEW.created_at);;

CREATE TRIGGER commands_before_delete BEFORE DELETE ON commands FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:append_only';;

CREATE TRIGGER commands_before_update BEFORE UPDATE ON commands FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:append_only';;

CREATE TRIGGER resources_before_delete BEFORE DELETE ON resources FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:resource_is_fixed';;

CREATE TRIGGER resources_before_update BEFORE UPDATE ON resources FOR EACH ROW
    IF NOT (NEW.id = OLD.id AND NEW.healer_id <=> OLD.healer_id) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:resource_is_fixed';
    END IF;;

DELIMITER ;

INSERT INTO settings (uuid, setting_name, setting_value, created_at)
VALUES (UNHEX(REPLACE(UUID(), '-', '')), 'schema_version', '2', UTC_TIMESTAMP(6));
