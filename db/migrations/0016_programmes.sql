-- Programmes: their dated settings and words, who receives, and how that is proposed, checked and ratified. Members carry
-- what rules of programmes ask of them.
CREATE TABLE `programme_periods` (
	`id` text PRIMARY KEY NOT NULL,
	`programme` text NOT NULL,
	`region_code` text NOT NULL,
	`name` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`cutoff_on` text NOT NULL,
	`made_by` text NOT NULL,
	`made_at` text NOT NULL,
	`closed_by` text,
	`closed_at` text,
	CONSTRAINT "programme_period_is_of_a_programme" CHECK(programme IN ('pkh', 'sembako', 'pbi', 'ppks')),
	CONSTRAINT "programme_period_days_are_in_order" CHECK("programme_periods"."starts_on" <= "programme_periods"."ends_on")
);
CREATE INDEX `programme_periods_by_programme` ON `programme_periods` (`programme`,`region_code`,`starts_on`);
CREATE TABLE `programme_settings` (
	`programme` text NOT NULL,
	`key` text NOT NULL,
	`region_code` text DEFAULT '' NOT NULL,
	`valid_from` text NOT NULL,
	`valid_to` text,
	`value` real NOT NULL,
	`source` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` text NOT NULL,
	PRIMARY KEY(`programme`, `key`, `region_code`, `valid_from`),
	CONSTRAINT "programme_setting_is_of_a_programme" CHECK(programme IN ('pkh', 'sembako', 'pbi', 'ppks')),
	CONSTRAINT "programme_setting_ends_after_it_begins" CHECK("programme_settings"."valid_to" IS NULL OR "programme_settings"."valid_to" >= "programme_settings"."valid_from")
);
CREATE TABLE `programme_words` (
	`programme` text NOT NULL,
	`list` text NOT NULL,
	`code` text NOT NULL,
	`label` text NOT NULL,
	`kind` text DEFAULT '' NOT NULL,
	`valid_from` text NOT NULL,
	`valid_to` text,
	`source` text NOT NULL,
	PRIMARY KEY(`programme`, `list`, `code`, `valid_from`),
	CONSTRAINT "programme_word_is_of_a_programme" CHECK(programme IN ('pkh', 'sembako', 'pbi', 'ppks')),
	CONSTRAINT "programme_word_ends_after_it_begins" CHECK("programme_words"."valid_to" IS NULL OR "programme_words"."valid_to" >= "programme_words"."valid_from")
);
CREATE TABLE `recipient_batches` (
	`id` text PRIMARY KEY NOT NULL,
	`programme` text NOT NULL,
	`region_code` text NOT NULL,
	`period_id` text,
	`status` text NOT NULL,
	`change_count` integer DEFAULT 0 NOT NULL,
	`root` text,
	`letter_number` text,
	`letter_date` text,
	`effective_on` text,
	`prepared_by` text NOT NULL,
	`prepared_at` text NOT NULL,
	`frozen_at` text,
	`ratified_by` text,
	`ratified_at` text,
	`note` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`period_id`) REFERENCES `programme_periods`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "recipient_batch_is_of_a_programme" CHECK(programme IN ('pkh', 'sembako', 'pbi', 'ppks')),
	CONSTRAINT "recipient_batch_status_is_known" CHECK("recipient_batches"."status" IN ('open', 'frozen', 'ratified', 'cancelled'))
);
CREATE INDEX `recipient_batches_by_region` ON `recipient_batches` (`region_code`,`prepared_at`);
CREATE TABLE `recipient_change_steps` (
	`id` integer PRIMARY KEY NOT NULL,
	`change_id` text NOT NULL,
	`from_status` text,
	`to_status` text NOT NULL,
	`at` text NOT NULL,
	`actor_id` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`change_id`) REFERENCES `recipient_changes`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE INDEX `recipient_change_steps_by_change` ON `recipient_change_steps` (`change_id`,`id`);
CREATE TABLE `recipient_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`programme` text NOT NULL,
	`kind` text NOT NULL,
	`variant` text DEFAULT '' NOT NULL,
	`sensitive` integer DEFAULT false NOT NULL,
	`region_code` text NOT NULL,
	`recipient_id` text,
	`replaced_id` text,
	`household_id` text,
	`family_seq` integer,
	`member_seq` integer,
	`name` text NOT NULL,
	`status` text NOT NULL,
	`status_at` text NOT NULL,
	`reason_code` text DEFAULT '' NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`minutes_number` text,
	`minutes_date` text,
	`period_id` text,
	`batch_id` text,
	`position` integer,
	`due_on` text,
	`proposed_by` text NOT NULL,
	`proposed_at` text NOT NULL,
	`basis` integer DEFAULT 0 NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`data` text NOT NULL,
	FOREIGN KEY (`replaced_id`) REFERENCES `recipients`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`period_id`) REFERENCES `programme_periods`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`batch_id`) REFERENCES `recipient_batches`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "recipient_change_is_of_a_programme" CHECK(programme IN ('pkh', 'sembako', 'pbi', 'ppks')),
	CONSTRAINT "recipient_change_status_is_known" CHECK(status IN ('submitted', 'checked', 'verified', 'batched', 'ratified', 'returned', 'rejected', 'withdrawn'))
);
CREATE INDEX `recipient_changes_by_status` ON `recipient_changes` (`status`,`programme`,`region_code`,`status_at`,`id`,`sensitive`);
CREATE INDEX `recipient_changes_by_recipient` ON `recipient_changes` (`recipient_id`) WHERE recipient_id IS NOT NULL;
CREATE INDEX `recipient_changes_by_household` ON `recipient_changes` (`household_id`) WHERE household_id IS NOT NULL;
CREATE INDEX `recipient_changes_by_batch` ON `recipient_changes` (`batch_id`,`position`) WHERE batch_id IS NOT NULL;
CREATE INDEX `recipient_changes_by_proposer` ON `recipient_changes` (`proposed_by`,`status`,`status_at`,`id`);
CREATE TABLE `recipient_events` (
	`id` integer PRIMARY KEY NOT NULL,
	`recipient_id` text NOT NULL,
	`from_state` text,
	`to_state` text NOT NULL,
	`at` text NOT NULL,
	`actor_id` text NOT NULL,
	`cause` text NOT NULL,
	`reason_code` text DEFAULT '' NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`region_code` text NOT NULL,
	`programme` text NOT NULL,
	`from_phase` text,
	`to_phase` text NOT NULL,
	`data` text NOT NULL,
	FOREIGN KEY (`recipient_id`) REFERENCES `recipients`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE INDEX `recipient_events_by_recipient` ON `recipient_events` (`recipient_id`,`id`);
CREATE INDEX `recipient_events_by_time` ON `recipient_events` (`programme`,`at`,`region_code`,`from_phase`,`to_phase`);
CREATE TABLE `recipients` (
	`id` text PRIMARY KEY NOT NULL,
	`programme` text NOT NULL,
	`variant` text DEFAULT '' NOT NULL,
	`sensitive` integer DEFAULT false NOT NULL,
	`region_code` text NOT NULL,
	`household_id` text,
	`family_seq` integer,
	`member_seq` integer,
	`name` text NOT NULL,
	`nik` text,
	`kk_number` text,
	`address` text DEFAULT '' NOT NULL,
	`number` text,
	`state` text NOT NULL,
	`phase` text NOT NULL,
	`state_at` text NOT NULL,
	`reason_code` text DEFAULT '' NOT NULL,
	`started_on` text,
	`ended_on` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` text NOT NULL,
	`data` text NOT NULL,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "recipient_is_of_a_programme" CHECK(programme IN ('pkh', 'sembako', 'pbi', 'ppks')),
	CONSTRAINT "recipient_phase_is_known" CHECK(phase IN ('waiting', 'receiving', 'paused', 'ended'))
);
CREATE INDEX `recipients_by_name` ON `recipients` (`programme`,`region_code`,`name`,`id`,`state`,`phase`,`variant`,`sensitive`);
CREATE INDEX `recipients_by_state` ON `recipients` (`programme`,`state`,`region_code`,`name`,`id`,`variant`,`sensitive`);
CREATE INDEX `recipients_by_household` ON `recipients` (`household_id`,`family_seq`) WHERE household_id IS NOT NULL;
CREATE INDEX `recipients_by_nik` ON `recipients` (`nik`,`programme`) WHERE nik IS NOT NULL;
CREATE INDEX `recipients_by_kk` ON `recipients` (`kk_number`,`programme`) WHERE kk_number IS NOT NULL;
CREATE UNIQUE INDEX `recipients_by_number` ON `recipients` (`programme`,`number`) WHERE number IS NOT NULL;
ALTER TABLE `members` ADD `relation` integer;
ALTER TABLE `members` ADD `pregnant` integer;
ALTER TABLE `members` ADD `disability` integer;
ALTER TABLE `members` ADD `schooling` integer;
ALTER TABLE `members` ADD `education` integer;
ALTER TABLE `members` ADD `employment` integer;
UPDATE members SET (relation, pregnant, disability, schooling, education, employment) = (
  SELECT value ->> 'relationToFamilyHead', value ->> 'pregnant', value ->> 'disabilityType', value ->> 'schooling', value ->> 'educationLevel',
    CASE value ->> 'working' WHEN 0 THEN NULL ELSE value ->> 'employmentStatus' END
  FROM households, json_each(households.record, '$.members') AS person
  WHERE households.id = members.household_id AND coalesce(person.value ->> 'memberSeq', person.key + 1) = members.seq LIMIT 1);
CREATE TRIGGER recipient_events_are_not_changed BEFORE UPDATE ON recipient_events BEGIN SELECT raise(ABORT, 'recipient_events_are_append_only'); END;
CREATE TRIGGER recipient_events_are_not_deleted BEFORE DELETE ON recipient_events BEGIN SELECT raise(ABORT, 'recipient_events_are_append_only'); END;
