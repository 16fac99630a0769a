ALTER TABLE `files` ADD `pack` text;--> statement-breakpoint
ALTER TABLE `files` ADD `pack_offset` integer;