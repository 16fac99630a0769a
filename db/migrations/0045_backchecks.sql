-- Revisits: rounds with their drawing, who goes where, both answers side by side, and what was judged of a difference.
CREATE TABLE `backcheck_answers` (
	`backcheck_id` text NOT NULL,
	`item` text NOT NULL,
	`type` integer NOT NULL,
	`first` text NOT NULL,
	`second` text NOT NULL,
	`is_different` integer NOT NULL,
	`verdict` text,
	PRIMARY KEY(`backcheck_id`, `item`),
	FOREIGN KEY (`backcheck_id`) REFERENCES `backchecks`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "backcheck_verdict_is_known" CHECK(verdict IN ('officer_wrong', 'changed', 'other_respondent', 'full_revisit'))
);

CREATE TABLE `backcheck_frame` (
	`round_id` text NOT NULL,
	`visit_id` text NOT NULL,
	`officer_id` text NOT NULL,
	`region_code` text NOT NULL,
	`risk` integer NOT NULL,
	`probability` real NOT NULL,
	PRIMARY KEY(`round_id`, `visit_id`)
);

CREATE TABLE `backcheck_items` (
	`key` text PRIMARY KEY NOT NULL,
	`type` integer NOT NULL,
	`tolerance` real DEFAULT 0 NOT NULL,
	`is_asked` integer NOT NULL,
	`changed_by` text NOT NULL,
	`changed_at` text NOT NULL,
	CONSTRAINT "backcheck_item_type_is_known" CHECK(type IN (1, 2, 3)),
	CONSTRAINT "backcheck_item_tolerance_is_positive" CHECK(tolerance >= 0)
);

CREATE TABLE `backcheck_judgements` (
	`id` integer PRIMARY KEY NOT NULL,
	`backcheck_id` text NOT NULL,
	`item` text NOT NULL,
	`verdict` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`judged_by` text NOT NULL,
	`judged_at` text NOT NULL,
	FOREIGN KEY (`backcheck_id`) REFERENCES `backchecks`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE INDEX `backcheck_judgements_by_backcheck` ON `backcheck_judgements` (`backcheck_id`,`id`);
CREATE TABLE `backcheck_rounds` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`title` text NOT NULL,
	`region_code` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`size_kind` text NOT NULL,
	`size` real NOT NULL,
	`risk_share` integer NOT NULL,
	`due_on` text NOT NULL,
	`items` text NOT NULL,
	`status` text NOT NULL,
	`frame_count` integer DEFAULT 0 NOT NULL,
	`sample_count` integer DEFAULT 0 NOT NULL,
	`method` text NOT NULL,
	`seed` text,
	`frame_hash` text,
	`planned_by` text NOT NULL,
	`planned_at` text NOT NULL,
	`drawn_by` text,
	`drawn_at` text,
	`ended_by` text,
	`ended_at` text,
	`end_note` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`planned_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "backcheck_round_status_is_known" CHECK(status IN ('planned', 'drawn', 'closed', 'cancelled')),
	CONSTRAINT "backcheck_round_size_is_known" CHECK("backcheck_rounds"."size_kind" IN ('count', 'share') AND "backcheck_rounds"."size" > 0),
	CONSTRAINT "backcheck_round_risk_is_percent" CHECK("backcheck_rounds"."risk_share" BETWEEN 0 AND 100),
	CONSTRAINT "backcheck_round_drawn_is_recorded" CHECK("backcheck_rounds"."status" NOT IN ('drawn', 'closed') OR ("backcheck_rounds"."seed" IS NOT NULL AND "backcheck_rounds"."frame_hash" IS NOT NULL))
);

CREATE UNIQUE INDEX `backcheck_rounds_id_unique` ON `backcheck_rounds` (`id`);
CREATE INDEX `backcheck_rounds_by_region` ON `backcheck_rounds` (`region_code`,`number`);
CREATE TABLE `backchecks` (
	`id` text PRIMARY KEY NOT NULL,
	`round_id` text NOT NULL,
	`position` integer NOT NULL,
	`visit_id` text NOT NULL,
	`household_id` text NOT NULL,
	`region_code` text NOT NULL,
	`first_officer_id` text NOT NULL,
	`probability` real NOT NULL,
	`officer_id` text,
	`status` text NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`due_on` text NOT NULL,
	`meeting` text,
	`answers` text,
	`note` text DEFAULT '' NOT NULL,
	`latitude` real,
	`longitude` real,
	`accuracy_m` real,
	`located_at` text,
	`submitted_at` text,
	`differences` integer DEFAULT 0 NOT NULL,
	`firm_differences` integer DEFAULT 0 NOT NULL,
	`open_differences` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`round_id`) REFERENCES `backcheck_rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`first_officer_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`officer_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "backcheck_is_by_another" CHECK("backchecks"."officer_id" IS NULL OR "backchecks"."officer_id" <> "backchecks"."first_officer_id"),
	CONSTRAINT "backcheck_status_is_known" CHECK("backchecks"."status" IN ('open', 'done', 'dropped')),
	CONSTRAINT "backcheck_meeting_is_known" CHECK(meeting IN ('met', 'absent', 'refused', 'moved', 'not_found')),
	CONSTRAINT "backcheck_probability_is_one" CHECK("backchecks"."probability" > 0 AND "backchecks"."probability" <= 1),
	CONSTRAINT "backcheck_done_is_whole" CHECK("backchecks"."status" <> 'done' OR ("backchecks"."submitted_at" IS NOT NULL AND "backchecks"."meeting" IS NOT NULL AND "backchecks"."latitude" IS NOT NULL))
);

CREATE INDEX `backchecks_by_round` ON `backchecks` (`round_id`,`position`);
CREATE INDEX `backchecks_by_visit` ON `backchecks` (`visit_id`);
CREATE INDEX `backchecks_by_officer` ON `backchecks` (`officer_id`,`status`,`due_on`);
CREATE INDEX `backchecks_by_first_officer` ON `backchecks` (`first_officer_id`,`submitted_at`);
CREATE INDEX `backchecks_by_region` ON `backchecks` (`region_code`,`submitted_at`) WHERE submitted_at IS NOT NULL;

-- What a revisit asks at first. Tolerance: per cent for numbers, metres for the place.
INSERT INTO backcheck_items (key, type, tolerance, is_asked, changed_by, changed_at) VALUES
  ('found', 1, 0, 1, 'system', '2026-01-01T00:00:00.000Z'),
  ('visitedBefore', 1, 0, 1, 'system', '2026-01-01T00:00:00.000Z'),
  ('location', 1, 200, 1, 'system', '2026-01-01T00:00:00.000Z'),
  ('buildingTenure', 1, 0, 1, 'system', '2026-01-01T00:00:00.000Z'),
  ('floorType', 1, 0, 1, 'system', '2026-01-01T00:00:00.000Z'),
  ('wallType', 1, 0, 1, 'system', '2026-01-01T00:00:00.000Z'),
  ('roofType', 1, 0, 1, 'system', '2026-01-01T00:00:00.000Z'),
  ('toiletUse', 1, 0, 1, 'system', '2026-01-01T00:00:00.000Z'),
  ('memberCount', 2, 0, 1, 'system', '2026-01-01T00:00:00.000Z'),
  ('memberNames', 2, 0, 1, 'system', '2026-01-01T00:00:00.000Z'),
  ('floorAreaM2', 2, 20, 1, 'system', '2026-01-01T00:00:00.000Z'),
  ('drinkingWater', 2, 0, 1, 'system', '2026-01-01T00:00:00.000Z'),
  ('hasFridge', 2, 0, 1, 'system', '2026-01-01T00:00:00.000Z'),
  ('hasMotorcycle', 2, 0, 1, 'system', '2026-01-01T00:00:00.000Z'),
  ('hasCar', 2, 0, 1, 'system', '2026-01-01T00:00:00.000Z'),
  ('progPkh', 2, 0, 1, 'system', '2026-01-01T00:00:00.000Z'),
  ('wallCondition', 3, 0, 1, 'system', '2026-01-01T00:00:00.000Z'),
  ('roofCondition', 3, 0, 1, 'system', '2026-01-01T00:00:00.000Z');
