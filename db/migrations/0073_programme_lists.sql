CREATE INDEX `households_with_pkh` ON `households` (`region_code`,`head_name`,`number`,`programmes`) WHERE instr(programmes, ',pkh,') > 0;--> statement-breakpoint
CREATE INDEX `households_with_kks` ON `households` (`region_code`,`head_name`,`number`,`programmes`) WHERE instr(programmes, ',kks,') > 0;--> statement-breakpoint
CREATE INDEX `households_with_sembako` ON `households` (`region_code`,`head_name`,`number`,`programmes`) WHERE instr(programmes, ',sembako,') > 0;--> statement-breakpoint
CREATE INDEX `households_with_pbi` ON `households` (`region_code`,`head_name`,`number`,`programmes`) WHERE instr(programmes, ',pbi,') > 0;--> statement-breakpoint
CREATE INDEX `households_with_kip` ON `households` (`region_code`,`head_name`,`number`,`programmes`) WHERE instr(programmes, ',kip,') > 0;--> statement-breakpoint
CREATE INDEX `households_with_kur` ON `households` (`region_code`,`head_name`,`number`,`programmes`) WHERE instr(programmes, ',kur,') > 0;
