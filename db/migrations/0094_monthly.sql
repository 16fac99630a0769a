-- What was sent in a month, per place, is counted from an index alone.
CREATE INDEX `proposals_by_proposal_day` ON `proposals` (`region_code`,`proposed_at`,`kind`,`status`);