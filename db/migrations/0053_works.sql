-- What runs by itself behind the requests: when each last ran, how it ended and what it told. Kept over restarts.
CREATE TABLE `works` (
	`name` text PRIMARY KEY NOT NULL,
	`ran_at` text NOT NULL,
	`fine_at` text,
	`failed_at` text,
	`failure` text,
	`took_ms` integer NOT NULL,
	`result` text
);
