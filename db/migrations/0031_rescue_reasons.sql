-- Held deliveries and open usulan keep a household out of a cut-off, too. The table is made anew, because a CHECK cannot be
-- widened; its triggers go with it and come back. Who has one of them already is looked at again.
CREATE TABLE `__new_rescue_items` (
	`period_id` text NOT NULL,
	`household_id` text NOT NULL,
	`reason` text NOT NULL,
	`key` text NOT NULL,
	`region_code` text NOT NULL,
	`member_seq` integer,
	`found_at` text NOT NULL,
	`repaired_at` text,
	`repaired_by` text,
	`repaired_how` text,
	`message` text NOT NULL,
	PRIMARY KEY(`period_id`, `household_id`, `reason`, `key`),
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "rescue_reason_is_known" CHECK(reason IN ('gate_a', 'gate_b', 'gate_c', 'gate_d', 'gate_e', 'meninggal', 'ganda', 'nik_tidak_ditemukan', 'tidak_padan_nama', 'returned', 'photos', 'held', 'proposal', 'unfinished'))
);
--> statement-breakpoint
INSERT INTO `__new_rescue_items` SELECT `period_id`, `household_id`, `reason`, `key`, `region_code`, `member_seq`, `found_at`, `repaired_at`, `repaired_by`, `repaired_how`, `message` FROM `rescue_items`;--> statement-breakpoint
DROP TABLE `rescue_items`;--> statement-breakpoint
ALTER TABLE `__new_rescue_items` RENAME TO `rescue_items`;--> statement-breakpoint
CREATE INDEX `rescue_items_open` ON `rescue_items` (`period_id`,`reason`,`region_code`,`household_id`) WHERE repaired_at IS NULL;--> statement-breakpoint
CREATE INDEX `rescue_items_repaired` ON `rescue_items` (`period_id`,`region_code`,`repaired_at`) WHERE repaired_at IS NOT NULL;--> statement-breakpoint
CREATE TRIGGER rescue_items_counted AFTER INSERT ON rescue_items
BEGIN
  INSERT INTO rescue_counts (period_id, region_code, reason, open, repaired)
  VALUES (NEW.period_id, NEW.region_code, NEW.reason, NEW.repaired_at IS NULL, NEW.repaired_at IS NOT NULL)
  ON CONFLICT DO UPDATE SET open = open + excluded.open, repaired = repaired + excluded.repaired;
END;
--> statement-breakpoint
CREATE TRIGGER rescue_items_recounted AFTER UPDATE OF region_code, repaired_at ON rescue_items
BEGIN
  UPDATE rescue_counts SET open = open - (OLD.repaired_at IS NULL), repaired = repaired - (OLD.repaired_at IS NOT NULL)
  WHERE period_id = OLD.period_id AND region_code = OLD.region_code AND reason = OLD.reason;
  INSERT INTO rescue_counts (period_id, region_code, reason, open, repaired)
  VALUES (NEW.period_id, NEW.region_code, NEW.reason, NEW.repaired_at IS NULL, NEW.repaired_at IS NOT NULL)
  ON CONFLICT DO UPDATE SET open = open + excluded.open, repaired = repaired + excluded.repaired;
END;
--> statement-breakpoint
INSERT INTO check_queue (household_id, sequence)
SELECT household_id, (SELECT coalesce(max(seq), 0) FROM audit_entries) FROM (
  SELECT h.household_id FROM proposal_households h JOIN proposals p ON p.id = h.proposal_id WHERE p.status IN ('submitted', 'released', 'checked', 'verified', 'batched', 'ratified', 'returned')
  UNION SELECT household_id FROM deliveries WHERE status = 'held')
WHERE true ON CONFLICT DO NOTHING;
