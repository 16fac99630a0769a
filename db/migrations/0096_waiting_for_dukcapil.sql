-- Who is verified but without a No KK or a NIK waits for Dukcapil and goes into no batch until it has come.
CREATE TABLE `given_numbers` (
	`id` text PRIMARY KEY NOT NULL,
	`visit_id` text NOT NULL,
	`visit_revision` integer NOT NULL,
	`paths` text NOT NULL,
	`sha256` text NOT NULL,
	`given_by` text NOT NULL,
	`given_at` text NOT NULL,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`given_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `given_numbers_by_visit` ON `given_numbers` (`visit_id`,`given_at`);--> statement-breakpoint
CREATE TABLE `number_waits` (
	`household_id` text PRIMARY KEY NOT NULL,
	`region_code` text NOT NULL,
	`visit_id` text NOT NULL,
	`since` text NOT NULL,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `number_waits_by_place` ON `number_waits` (`region_code`,`since`,`household_id`);--> statement-breakpoint
CREATE INDEX `number_waits_by_visit` ON `number_waits` (`visit_id`);
--> statement-breakpoint
CREATE TRIGGER number_waits_begin AFTER UPDATE OF stage ON households WHEN NEW.stage = 'verified' AND OLD.stage <> 'verified' BEGIN
  INSERT OR IGNORE INTO number_waits (household_id, region_code, visit_id, since) SELECT NEW.id, NEW.region_code, v.id, NEW.stage_at FROM visits v
  WHERE v.id = NEW.visit_id AND v.outcome = 1 AND (EXISTS (SELECT 1 FROM json_each(v.record, '$.families') f WHERE coalesce(f.value ->> '$.kkNumber', '') = '')
    OR EXISTS (SELECT 1 FROM json_each(v.record, '$.members') m WHERE coalesce(m.value ->> '$.memberPresence', 1) IN (1, 4) AND coalesce(m.value ->> '$.nik', '') = ''));
END;
--> statement-breakpoint
CREATE TRIGGER number_waits_end AFTER UPDATE OF stage ON households WHEN OLD.stage = 'verified' AND NEW.stage <> 'verified' BEGIN
  DELETE FROM number_waits WHERE household_id = NEW.id;
END;
--> statement-breakpoint
CREATE TRIGGER number_waits_move AFTER UPDATE OF region_code ON households WHEN OLD.stage = 'verified' AND NEW.region_code <> OLD.region_code BEGIN
  UPDATE number_waits SET region_code = NEW.region_code WHERE household_id = NEW.id;
END;
--> statement-breakpoint
-- Until now they were gathered, failed and had to be taken out again, batch after batch.
INSERT INTO number_waits (household_id, region_code, visit_id, since) SELECT h.id, h.region_code, v.id, h.stage_at FROM households h JOIN visits v ON v.id = h.visit_id
WHERE h.stage = 'verified' AND v.outcome = 1 AND (EXISTS (SELECT 1 FROM json_each(v.record, '$.families') f WHERE coalesce(f.value ->> '$.kkNumber', '') = '')
    OR EXISTS (SELECT 1 FROM json_each(v.record, '$.members') m WHERE coalesce(m.value ->> '$.memberPresence', 1) IN (1, 4) AND coalesce(m.value ->> '$.nik', '') = ''));
