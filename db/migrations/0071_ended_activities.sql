-- A processing activity that is no longer done ends by a dated row of its own, like every other change of the record.
ALTER TABLE processing_activities ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;
