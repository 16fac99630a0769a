-- A draft that nobody goes on with is taken away without asking every household held back whether it is its visit.
CREATE INDEX `exclusions_by_visit` ON `exclusions` (`visit_id`);
