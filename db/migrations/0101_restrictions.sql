-- What a granted request to halt or limit processing holds back (UU 27/2022, art. 11 and 41).
CREATE TABLE `restrictions` (
	`case_id` text PRIMARY KEY NOT NULL,
	`household_id` text NOT NULL,
	`exports` integer NOT NULL,
	`programmes` integer NOT NULL,
	`reason` text NOT NULL,
	`until_on` text,
	`since` text NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `subject_cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "restriction_holds_something" CHECK("restrictions"."exports" IN (0, 1) AND "restrictions"."programmes" IN (0, 1) AND "restrictions"."exports" + "restrictions"."programmes" > 0)
);
--> statement-breakpoint
CREATE INDEX `restrictions_by_household` ON `restrictions` (`household_id`,`exports`,`programmes`);
--> statement-breakpoint
ALTER TABLE `export_files` ADD `left_out` integer DEFAULT 0 NOT NULL;
