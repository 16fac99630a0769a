-- The words of names and addresses, so that one that was mistyped is found by what it is like: each word lies under its plain
-- spelling, under that with any one letter left out, and under its bones. Words are never taken out; one that nobody bears any
-- more finds nobody.
CREATE TABLE `search_words` (
	`form` text NOT NULL,
	`word` text NOT NULL,
	PRIMARY KEY(`form`, `word`)
) WITHOUT ROWID;
