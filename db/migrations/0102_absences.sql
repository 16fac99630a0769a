-- Letters that say somebody is not registered.
CREATE TABLE `absences` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`code_hash` text NOT NULL,
	`letter_number` text NOT NULL,
	`office_code` text NOT NULL,
	`year` integer NOT NULL,
	`serial` integer NOT NULL,
	`region_code` text NOT NULL,
	`nik` text NOT NULL,
	`name` text NOT NULL,
	`birth_place` text NOT NULL,
	`birth_date` text NOT NULL,
	`sex` integer NOT NULL,
	`address` text NOT NULL,
	`ruled_out` integer DEFAULT 0 NOT NULL,
	`ruled_out_note` text DEFAULT '' NOT NULL,
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
	FOREIGN KEY (`issued_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "absence_purpose_is_known" CHECK(purpose IN ('school', 'health', 'energy', 'legal', 'other')),
	CONSTRAINT "absence_sex_is_known" CHECK("absences"."sex" IN (1, 2)),
	CONSTRAINT "absence_ruled_out_says_why" CHECK("absences"."ruled_out" = 0 OR "absences"."ruled_out_note" <> ''),
	CONSTRAINT "absence_revocation_is_whole" CHECK(("absences"."revoked_at" IS NULL) = ("absences"."revoked_by" IS NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `absences_id_unique` ON `absences` (`id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `absences_code_hash_unique` ON `absences` (`code_hash`);
--> statement-breakpoint
CREATE INDEX `absences_by_place` ON `absences` (`region_code`,`number`);
--> statement-breakpoint
CREATE UNIQUE INDEX `absence_number_is_one` ON `absences` (`office_code`,`year`,`serial`);
