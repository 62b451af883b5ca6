-- What else files of rejected links may tell: without it there is no rate of rejection and no time to cure.
ALTER TABLE noemie_rejection_line
    ADD acknowledged      integer          CHECK (acknowledged >= 0),
    ADD average_cure_days double precision CHECK (average_cure_days >= 0);
COMMENT ON COLUMN noemie_rejection_line.acknowledged IS 'Links of the same flow and contract that the scheme acknowledged on the day (acquittements); null where the file does not say.';
COMMENT ON COLUMN noemie_rejection_line.average_cure_days IS 'From the rejection to sending again, mean of those treated (délai de cure); null where the file does not say.';
