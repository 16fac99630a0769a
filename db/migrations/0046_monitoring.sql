-- Filled monitoring forms, and tasks with their history.
CREATE TABLE `monitoring_answers` (
	`sheet_id` text NOT NULL,
	`code` text NOT NULL,
	`value` text NOT NULL,
	`score` real,
	PRIMARY KEY(`sheet_id`, `code`),
	FOREIGN KEY (`sheet_id`) REFERENCES `monitoring_sheets`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "monitoring_score_is_share" CHECK("monitoring_answers"."score" IS NULL OR "monitoring_answers"."score" BETWEEN 0 AND 1)
);

CREATE TABLE `monitoring_sheets` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`form` text NOT NULL,
	`form_version` text NOT NULL,
	`region_code` text NOT NULL,
	`held_on` text NOT NULL,
	`place` text NOT NULL,
	`subject_id` text,
	`participants` integer,
	`finding` text DEFAULT '' NOT NULL,
	`score` real,
	`written_by` text NOT NULL,
	`written_at` text NOT NULL,
	`withdrawn_by` text,
	`withdrawn_at` text,
	`withdrawn_note` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`subject_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`written_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "monitoring_form_is_known" CHECK(form IN ('bimtek', 'musdes', 'enumerator', 'revisit')),
	CONSTRAINT "monitoring_withdrawal_is_whole" CHECK(("monitoring_sheets"."withdrawn_at" IS NULL) = ("monitoring_sheets"."withdrawn_by" IS NULL))
);

CREATE UNIQUE INDEX `monitoring_sheets_id_unique` ON `monitoring_sheets` (`id`);
CREATE INDEX `monitoring_sheets_by_region` ON `monitoring_sheets` (`region_code`,`number`);
CREATE INDEX `monitoring_sheets_by_form` ON `monitoring_sheets` (`form`,`region_code`,`number`);
CREATE INDEX `monitoring_sheets_by_subject` ON `monitoring_sheets` (`subject_id`,`number`) WHERE subject_id IS NOT NULL;
CREATE TABLE `task_steps` (
	`id` integer PRIMARY KEY NOT NULL,
	`task_id` text NOT NULL,
	`at` text NOT NULL,
	`actor_id` text NOT NULL,
	`from_status` text,
	`to_status` text NOT NULL,
	`assignee_id` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE INDEX `task_steps_by_task` ON `task_steps` (`task_id`,`id`);
CREATE TABLE `tasks` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`title` text NOT NULL,
	`text` text DEFAULT '' NOT NULL,
	`region_code` text NOT NULL,
	`subject` text,
	`subject_id` text,
	`assignee_id` text NOT NULL,
	`due_on` text NOT NULL,
	`status` text NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`made_by` text NOT NULL,
	`made_at` text NOT NULL,
	`changed_at` text NOT NULL,
	FOREIGN KEY (`assignee_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`made_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "task_status_is_known" CHECK(status IN ('new', 'working', 'done', 'cancelled')),
	CONSTRAINT "task_subject_is_known" CHECK(subject IN ('household', 'officer', 'region', 'visit', 'report', 'backcheck', 'monitoring')),
	CONSTRAINT "task_subject_is_whole" CHECK(("tasks"."subject" IS NULL) = ("tasks"."subject_id" IS NULL))
);

CREATE UNIQUE INDEX `tasks_id_unique` ON `tasks` (`id`);
CREATE INDEX `tasks_by_assignee` ON `tasks` (`assignee_id`,`status`,`due_on`,`number`);
CREATE INDEX `tasks_by_maker` ON `tasks` (`made_by`,`status`,`due_on`,`number`);
CREATE INDEX `tasks_by_region` ON `tasks` (`region_code`,`status`,`due_on`,`number`);
CREATE INDEX `tasks_by_subject` ON `tasks` (`subject`,`subject_id`) WHERE subject IS NOT NULL;