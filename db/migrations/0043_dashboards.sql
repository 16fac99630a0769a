-- What the dashboards show, counted beforehand: nobody's page reads a household for it.
CREATE TABLE `dashboard_counts` (
	`round` integer NOT NULL,
	`region_code` text NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`day` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`round`, `region_code`, `kind`, `key`, `day`)
) WITHOUT ROWID;
CREATE TABLE `dashboard_officers` (
	`round` integer NOT NULL,
	`region_code` text NOT NULL,
	`officer_id` text NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`day` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`round`, `region_code`, `officer_id`, `kind`, `key`, `day`)
) WITHOUT ROWID;
CREATE INDEX `dashboard_officers_by_officer` ON `dashboard_officers` (`round`,`officer_id`,`region_code`);
CREATE TABLE `dashboard_households` (
	`number` integer PRIMARY KEY NOT NULL,
	`region_code` text NOT NULL,
	`stage` text NOT NULL,
	`since` text NOT NULL,
	`officer_id` text,
	`outcome` integer,
	`visited_on` text,
	`visit_mark` text DEFAULT '' NOT NULL,
	`lacks` text DEFAULT '' NOT NULL
);
CREATE INDEX `dashboard_households_lacking` ON `dashboard_households` (`region_code`,`number`) WHERE lacks <> '';
CREATE TABLE `dashboard_places` (
	`region_code` text PRIMARY KEY NOT NULL,
	`parent_code` text NOT NULL
);
CREATE INDEX `dashboard_places_by_parent` ON `dashboard_places` (`parent_code`,`region_code`);
CREATE TABLE `dashboard_following` (
	`name` text PRIMARY KEY NOT NULL,
	`line` integer NOT NULL,
	`move` integer NOT NULL,
	`live` integer NOT NULL,
	`building` integer,
	`household` integer NOT NULL,
	`counted_move` integer NOT NULL,
	`total` integer NOT NULL,
	`started_at` text NOT NULL,
	`finished_at` text
);
