-- Who changed while everybody was being searched at once, and is looked at again when that is over.
CREATE TABLE `duplicate_later` (
	`household_id` text PRIMARY KEY NOT NULL
);
