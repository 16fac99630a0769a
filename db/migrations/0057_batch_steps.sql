-- How far the rows of a batch have followed what was decided of it.
CREATE TABLE `batch_steps` (
	`batch_id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`actor_id` text NOT NULL,
	`note` text NOT NULL,
	`asked_at` text NOT NULL,
	`total` integer NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`passed` integer DEFAULT 0 NOT NULL,
	`cursor` text DEFAULT '' NOT NULL,
	`finished_at` text,
	`problem` text,
	FOREIGN KEY (`batch_id`) REFERENCES `batches`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "batch_step_is_known" CHECK(kind IN ('gather', 'drop', 'freeze', 'cancel', 'ratify', 'dispatch', 'accept', 'return'))
);
CREATE INDEX `batch_steps_under_way` ON `batch_steps` (`asked_at`) WHERE finished_at IS NULL;
-- Batches that were being filled when this program came go on where they are.
INSERT INTO batch_steps (batch_id, kind, actor_id, note, asked_at, total) SELECT id, 'gather', prepared_by, '', prepared_at, item_count FROM batches WHERE status = 'gathering';
