-- The five integrity criteria judged for every active household, and the search for duplicates over the whole database.
CREATE TABLE `check_queue` (
	`household_id` text PRIMARY KEY NOT NULL,
	`sequence` integer NOT NULL
);
CREATE INDEX `check_queue_in_order` ON `check_queue` (`sequence`,`household_id`);
CREATE TABLE `followers` (
	`name` text PRIMARY KEY NOT NULL,
	`sequence` integer NOT NULL,
	`cursor` integer DEFAULT 0 NOT NULL,
	`round` integer DEFAULT 1 NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`total` integer DEFAULT 0 NOT NULL,
	`started_at` text NOT NULL,
	`finished_at` text
);
CREATE TABLE `gate_counts` (
	`region_code` text NOT NULL,
	`kind` text NOT NULL,
	`parent_code` text NOT NULL,
	`households` integer NOT NULL,
	PRIMARY KEY(`region_code`, `kind`),
	CONSTRAINT "gate_count_is_not_negative" CHECK("gate_counts"."households" >= 0)
);
CREATE INDEX `gate_counts_by_parent` ON `gate_counts` (`parent_code`,`region_code`,`kind`,`households`);
CREATE TABLE `gate_failures` (
	`household_id` text NOT NULL,
	`seq` integer NOT NULL,
	`household_number` integer NOT NULL,
	`region_code` text NOT NULL,
	`gate` text NOT NULL,
	`severity` text NOT NULL,
	`found_at` text NOT NULL,
	`message` text NOT NULL,
	PRIMARY KEY(`household_id`, `seq`),
	CONSTRAINT "failure_gate_is_known" CHECK("gate_failures"."gate" IN ('a', 'b', 'c', 'd', 'e')),
	CONSTRAINT "failure_severity_is_known" CHECK("gate_failures"."severity" IN ('error', 'warning'))
);
CREATE INDEX `gate_failures_by_gate` ON `gate_failures` (`severity`,`gate`,`region_code`,`household_number`);
CREATE INDEX `gate_failures_by_place` ON `gate_failures` (`severity`,`region_code`,`household_number`);
CREATE TABLE `gate_verdicts` (
	`household_id` text PRIMARY KEY NOT NULL,
	`household_number` integer NOT NULL,
	`region_code` text NOT NULL,
	`judged_at` text NOT NULL,
	`changed_at` text NOT NULL,
	`basis` text NOT NULL,
	`kinds` text DEFAULT '' NOT NULL,
	`numbers` text NOT NULL,
	CONSTRAINT "verdict_basis_is_known" CHECK("gate_verdicts"."basis" IN ('master', 'visit'))
);
CREATE INDEX `gate_verdicts_by_age` ON `gate_verdicts` (`judged_at`,`household_id`);
CREATE INDEX `gate_verdicts_by_change` ON `gate_verdicts` (`changed_at`,`household_id`);
-- Without a rowid the table is its own index: half the room, and this is the largest of them.
CREATE TABLE `duplicate_keys` (
	`key` integer NOT NULL,
	`member` integer NOT NULL,
	PRIMARY KEY(`key`, `member`)
) WITHOUT ROWID;
CREATE TABLE `duplicate_names` (
	`word` text PRIMARY KEY NOT NULL,
	`people` integer NOT NULL
);
CREATE TABLE `duplicate_pairs` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`one_household` text NOT NULL,
	`other_household` text NOT NULL,
	`one_region` text NOT NULL,
	`other_region` text NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`score` integer NOT NULL,
	`found_at` text NOT NULL,
	`changed_at` text NOT NULL,
	`settled_by` text,
	`settled_at` text,
	`note` text DEFAULT '' NOT NULL,
	`returned_to` text,
	`keep` text,
	`votes` text DEFAULT '' NOT NULL,
	`proposal_id` text,
	`findings` text NOT NULL,
	`apart` text NOT NULL,
	CONSTRAINT "pair_kind_is_known" CHECK("duplicate_pairs"."kind" IN ('nik', 'kk', 'person')),
	CONSTRAINT "pair_status_is_known" CHECK("duplicate_pairs"."status" IN ('open', 'returned', 'merging', 'apart', 'gone')),
	CONSTRAINT "pair_keep_is_known" CHECK("duplicate_pairs"."keep" IN ('one', 'other')),
	CONSTRAINT "pair_is_of_two_households" CHECK("duplicate_pairs"."one_household" <> "duplicate_pairs"."other_household")
);
CREATE UNIQUE INDEX `duplicate_pairs_id_unique` ON `duplicate_pairs` (`id`);
CREATE INDEX `duplicate_pairs_by_score` ON `duplicate_pairs` (`status`,`score`,`number`);
CREATE INDEX `duplicate_pairs_by_one` ON `duplicate_pairs` (`status`,`one_region`,`kind`,`score`,`number`);
CREATE INDEX `duplicate_pairs_by_other` ON `duplicate_pairs` (`status`,`other_region`,`kind`,`score`,`number`);
CREATE INDEX `duplicate_pairs_of_one` ON `duplicate_pairs` (`one_household`);
CREATE INDEX `duplicate_pairs_of_other` ON `duplicate_pairs` (`other_household`);
CREATE TABLE `duplicate_people` (
	`member` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`sex` integer,
	`birth_date` text,
	`nik` text,
	`kk_number` text,
	`mother` text DEFAULT '' NOT NULL,
	`region_code` text NOT NULL
);
