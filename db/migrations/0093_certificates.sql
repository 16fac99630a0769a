-- Letters that say somebody is registered.
CREATE TABLE `certificates` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`code_hash` text NOT NULL,
	`letter_number` text NOT NULL,
	`office_code` text NOT NULL,
	`year` integer NOT NULL,
	`serial` integer NOT NULL,
	`region_code` text NOT NULL,
	`household_id` text NOT NULL,
	`version` integer NOT NULL,
	`member_seq` integer NOT NULL,
	`desil` integer,
	`desil_label` text DEFAULT '' NOT NULL,
	`programmes` text DEFAULT '' NOT NULL,
	`purpose` text NOT NULL,
	`purpose_note` text DEFAULT '' NOT NULL,
	`valid_until` text NOT NULL,
	`signatory_name` text NOT NULL,
	`signatory_position` text NOT NULL,
	`signatory_nip` text DEFAULT '' NOT NULL,
	`issued_by` text NOT NULL,
	`issued_at` text NOT NULL,
	`revoked_by` text,
	`revoked_at` text,
	`revoked_note` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`issued_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "certificate_purpose_is_known" CHECK(purpose IN ('school', 'health', 'energy', 'legal', 'other')),
	CONSTRAINT "certificate_revocation_is_whole" CHECK(("certificates"."revoked_at" IS NULL) = ("certificates"."revoked_by" IS NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `certificates_id_unique` ON `certificates` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `certificates_code_hash_unique` ON `certificates` (`code_hash`);--> statement-breakpoint
CREATE INDEX `certificates_by_place` ON `certificates` (`region_code`,`number`);--> statement-breakpoint
CREATE INDEX `certificates_by_household` ON `certificates` (`household_id`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `certificate_number_is_one` ON `certificates` (`office_code`,`year`,`serial`);