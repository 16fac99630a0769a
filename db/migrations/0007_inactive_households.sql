CREATE TABLE `inactive_households` (
	`household_id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`since` text NOT NULL,
	`cause` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action
);
