-- Whoever was determined with a visit that found nobody is held back until a usulan nonaktif is decided, and the system writes that usulan.
-- The table of usulan is made anew, because a CHECK cannot be widened.
CREATE TABLE `__new_proposals` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`region_code` text NOT NULL,
	`target_region_code` text,
	`household_id` text,
	`head_name` text NOT NULL,
	`status` text NOT NULL,
	`status_at` text NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`reason_code` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`musdes_id` text,
	`minutes_number` text,
	`minutes_date` text,
	`report_id` text,
	`proposed_by` text NOT NULL,
	`proposed_at` text NOT NULL,
	`basis` text NOT NULL,
	`change` text NOT NULL,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`musdes_id`) REFERENCES `musdes`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "proposal_kind_is_known" CHECK(kind IN ('new', 'correction', 'birth', 'death', 'marriage', 'member_move', 'family_split', 'family_merge', 'household_move', 'deactivation', 'reactivation', 'undo')),
	CONSTRAINT "proposal_status_is_known" CHECK(status IN ('prepared', 'draft', 'submitted', 'released', 'checked', 'verified', 'listed', 'batched', 'ratified', 'dispatched', 'determined', 'returned', 'rejected', 'withdrawn'))
);
--> statement-breakpoint
INSERT INTO `__new_proposals`("id", "kind", "region_code", "target_region_code", "household_id", "head_name", "status", "status_at", "revision", "reason_code", "note", "musdes_id", "minutes_number", "minutes_date", "report_id", "proposed_by", "proposed_at", "basis", "change") SELECT "id", "kind", "region_code", "target_region_code", "household_id", "head_name", "status", "status_at", "revision", "reason_code", "note", "musdes_id", "minutes_number", "minutes_date", "report_id", "proposed_by", "proposed_at", "basis", "change" FROM `proposals`;
--> statement-breakpoint
DROP TABLE `proposals`;
--> statement-breakpoint
ALTER TABLE `__new_proposals` RENAME TO `proposals`;
--> statement-breakpoint
CREATE INDEX `proposals_by_place` ON `proposals` (`status`,`region_code`,`status_at`,`id`,`kind`,`reason_code`,`proposed_by`);
--> statement-breakpoint
CREATE INDEX `proposals_by_time` ON `proposals` (`status`,`status_at`,`id`,`region_code`,`kind`,`reason_code`,`proposed_by`);
--> statement-breakpoint
CREATE INDEX `proposals_by_target` ON `proposals` (`status`,`target_region_code`,`status_at`,`id`) WHERE target_region_code IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `proposals_by_proposer` ON `proposals` (`proposed_by`,`status`,`status_at`,`id`);
--> statement-breakpoint
CREATE INDEX `proposals_by_report` ON `proposals` (`report_id`) WHERE report_id IS NOT NULL;
--> statement-breakpoint
ALTER TABLE `payment_lists` ADD `held_count` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE `eligibility_villages` ADD `held` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
CREATE TABLE `exclusions` (
	`household_id` text PRIMARY KEY NOT NULL,
	`region_code` text NOT NULL,
	`proposal_id` text NOT NULL,
	`visit_id` text NOT NULL,
	`outcome` integer NOT NULL,
	`other_id` text,
	`since` text NOT NULL,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposal_id`) REFERENCES `proposals`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`other_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "exclusion_is_of_who_was_not_found" CHECK("exclusions"."outcome" IN (2, 3, 4, 6))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `exclusions_proposal_id_unique` ON `exclusions` (`proposal_id`);
--> statement-breakpoint
CREATE INDEX `exclusions_by_place` ON `exclusions` (`region_code`,`since`,`household_id`);
--> statement-breakpoint
CREATE TABLE `exclusions_due` (
	`household_id` text PRIMARY KEY NOT NULL,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO reasons (kind, code, label, valid_from, source) VALUES
('deactivation', 'tidak_dijumpai', 'Rumah tangga tidak ditemukan petugas', '2019-01-01', 'SIKS-Droid hasil verivali 2'),
('deactivation', 'pindah_bangunan', 'Pindah, atau bangunannya sudah tidak ada', '2019-01-01', 'SIKS-Droid hasil verivali 3');
--> statement-breakpoint
-- Who was determined so before, and has lived on since as if nothing had been found out: taken up after the start.
INSERT INTO exclusions_due SELECT h.id FROM households h INDEXED BY households_by_outcome JOIN visits v ON v.id = h.visit_id
WHERE h.outcome IN (2, 3, 4, 6) AND h.stage = 'determined' AND v.outcome = h.outcome AND h.version = v.base_version + 1
  AND NOT EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = h.id);
