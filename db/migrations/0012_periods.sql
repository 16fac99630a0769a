-- Determination periods, what was dispatched in them, the registry as it stood when each closed, and what changed from one to the
-- next. The two long tables have no rowid: their rows lie in the order in which they are read.
CREATE TABLE `comparison_reasons` (
	`comparison_id` integer NOT NULL,
	`region_code` text NOT NULL,
	`reason` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`comparison_id`, `region_code`, `reason`),
	FOREIGN KEY (`comparison_id`) REFERENCES `comparisons`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE TABLE `comparison_rows` (
	`comparison_id` integer NOT NULL,
	`region_code` text NOT NULL,
	`kind` text NOT NULL,
	`head_name` text NOT NULL,
	`household_id` text NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`changes` text DEFAULT '' NOT NULL,
	`before` text,
	`after` text,
	PRIMARY KEY(`comparison_id`, `region_code`, `kind`, `head_name`, `household_id`),
	FOREIGN KEY (`comparison_id`) REFERENCES `comparisons`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "comparison_kind_is_known" CHECK("comparison_rows"."kind" IN ('entry', 'exit', 'moved_in', 'moved_out', 'changed'))
) WITHOUT ROWID;
CREATE TABLE `comparison_villages` (
	`comparison_id` integer NOT NULL,
	`region_code` text NOT NULL,
	`before` integer NOT NULL,
	`after` integer NOT NULL,
	`entries` integer NOT NULL,
	`exits` integer NOT NULL,
	`moved_in` integer NOT NULL,
	`moved_out` integer NOT NULL,
	`members` integer NOT NULL,
	`head` integer NOT NULL,
	`address` integer NOT NULL,
	PRIMARY KEY(`comparison_id`, `region_code`),
	FOREIGN KEY (`comparison_id`) REFERENCES `comparisons`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `comparisons` (
	`id` integer PRIMARY KEY NOT NULL,
	`from_id` integer NOT NULL,
	`to_id` integer NOT NULL,
	`region_code` text NOT NULL,
	`status` text NOT NULL,
	`total` integer NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` text NOT NULL,
	`ready_at` text,
	FOREIGN KEY (`from_id`) REFERENCES `snapshots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`to_id`) REFERENCES `snapshots`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "comparison_status_is_known" CHECK("comparisons"."status" IN ('comparing', 'ready', 'failed'))
);
CREATE UNIQUE INDEX `comparisons_once` ON `comparisons` (`from_id`,`to_id`);CREATE TABLE `period_batches` (
	`number` integer PRIMARY KEY NOT NULL,
	`batch_id` text NOT NULL,
	`period_id` text,
	`missed_id` text,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`accepted` integer DEFAULT 0 NOT NULL,
	`returned` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`batch_id`) REFERENCES `batches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`period_id`) REFERENCES `periods`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`missed_id`) REFERENCES `periods`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "period_batch_reason_is_known" CHECK("period_batches"."reason" IN ('in_time', 'late', 'undetermined'))
);
CREATE INDEX `period_batches_by_batch` ON `period_batches` (`batch_id`,`number`);CREATE INDEX `period_batches_by_period` ON `period_batches` (`period_id`,`number`);CREATE INDEX `period_batches_by_missed` ON `period_batches` (`missed_id`,`number`);CREATE TABLE `period_cutoffs` (
	`period_id` text NOT NULL,
	`region_code` text NOT NULL,
	`cutoff_on` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` text NOT NULL,
	PRIMARY KEY(`period_id`, `region_code`),
	FOREIGN KEY (`period_id`) REFERENCES `periods`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `periods` (
	`id` text PRIMARY KEY NOT NULL,
	`region_code` text NOT NULL,
	`cadence` text NOT NULL,
	`name` text NOT NULL,
	`opens_on` text NOT NULL,
	`cutoff_on` text NOT NULL,
	`closes_on` text NOT NULL,
	`made_by` text NOT NULL,
	`made_at` text NOT NULL,
	`cut_by` text,
	`cut_at` text,
	`closed_by` text,
	`closed_at` text,
	CONSTRAINT "period_cadence_is_known" CHECK("periods"."cadence" IN ('monthly', 'quarterly')),
	CONSTRAINT "period_days_are_in_order" CHECK("periods"."opens_on" <= "periods"."cutoff_on" AND "periods"."cutoff_on" <= "periods"."closes_on")
);
CREATE INDEX `periods_by_region` ON `periods` (`region_code`,`opens_on`);CREATE INDEX `periods_not_closed` ON `periods` (`closes_on`) WHERE closed_at IS NULL;CREATE TABLE `snapshot_checks` (
	`id` text PRIMARY KEY NOT NULL,
	`snapshot_id` integer NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` text NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`hash` text,
	`finished_at` text,
	FOREIGN KEY (`snapshot_id`) REFERENCES `snapshots`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE INDEX `snapshot_checks_by_snapshot` ON `snapshot_checks` (`snapshot_id`,`asked_at`);CREATE TABLE `snapshot_rows` (
	`snapshot_id` integer NOT NULL,
	`household_id` text NOT NULL,
	`region_code` text NOT NULL,
	`version` integer NOT NULL,
	`member_count` integer NOT NULL,
	`desil` integer,
	`programmes` text NOT NULL,
	`head_name` text NOT NULL,
	`address` text NOT NULL,
	PRIMARY KEY(`snapshot_id`, `household_id`),
	FOREIGN KEY (`snapshot_id`) REFERENCES `snapshots`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
CREATE TABLE `snapshot_villages` (
	`snapshot_id` integer NOT NULL,
	`region_code` text NOT NULL,
	`households` integer NOT NULL,
	`members` integer NOT NULL,
	PRIMARY KEY(`snapshot_id`, `region_code`),
	FOREIGN KEY (`snapshot_id`) REFERENCES `snapshots`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `snapshots` (
	`id` integer PRIMARY KEY NOT NULL,
	`period_id` text NOT NULL,
	`region_code` text NOT NULL,
	`status` text NOT NULL,
	`requested_at` text NOT NULL,
	`taken_at` text,
	`ready_at` text,
	`total` integer DEFAULT 0 NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`household_count` integer DEFAULT 0 NOT NULL,
	`member_count` integer DEFAULT 0 NOT NULL,
	`hash` text,
	FOREIGN KEY (`period_id`) REFERENCES `periods`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "snapshot_status_is_known" CHECK("snapshots"."status" IN ('taking', 'ready', 'failed'))
);
CREATE UNIQUE INDEX `snapshots_period_id_unique` ON `snapshots` (`period_id`);

-- A snapshot is what was determined: once it is ready the database itself refuses every change.
CREATE TRIGGER snapshots_no_update BEFORE UPDATE ON snapshots WHEN OLD.status = 'ready'
BEGIN SELECT RAISE(ABORT, 'a ready snapshot does not change'); END;
CREATE TRIGGER snapshots_no_delete BEFORE DELETE ON snapshots WHEN OLD.status = 'ready'
BEGIN SELECT RAISE(ABORT, 'a ready snapshot does not change'); END;
CREATE TRIGGER snapshot_rows_no_insert BEFORE INSERT ON snapshot_rows WHEN (SELECT status FROM snapshots WHERE id = NEW.snapshot_id) = 'ready'
BEGIN SELECT RAISE(ABORT, 'a ready snapshot does not change'); END;
CREATE TRIGGER snapshot_rows_no_update BEFORE UPDATE ON snapshot_rows
BEGIN SELECT RAISE(ABORT, 'a ready snapshot does not change'); END;
CREATE TRIGGER snapshot_rows_no_delete BEFORE DELETE ON snapshot_rows WHEN (SELECT status FROM snapshots WHERE id = OLD.snapshot_id) = 'ready'
BEGIN SELECT RAISE(ABORT, 'a ready snapshot does not change'); END;
CREATE TRIGGER snapshot_villages_no_insert BEFORE INSERT ON snapshot_villages WHEN (SELECT status FROM snapshots WHERE id = NEW.snapshot_id) = 'ready'
BEGIN SELECT RAISE(ABORT, 'a ready snapshot does not change'); END;
CREATE TRIGGER snapshot_villages_no_update BEFORE UPDATE ON snapshot_villages
BEGIN SELECT RAISE(ABORT, 'a ready snapshot does not change'); END;
CREATE TRIGGER snapshot_villages_no_delete BEFORE DELETE ON snapshot_villages WHEN (SELECT status FROM snapshots WHERE id = OLD.snapshot_id) = 'ready'
BEGIN SELECT RAISE(ABORT, 'a ready snapshot does not change'); END;
