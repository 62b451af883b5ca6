-- Acceptance (recette): campaigns of cases, their runs, the anomalies that runs bring out, and the reports that both sides sign.

-- Beside what answers of the scoping generate, people write cases by hand.
ALTER TABLE acceptance_case
    DROP CONSTRAINT acceptance_case_origin_check,
    ADD CONSTRAINT acceptance_case_origin_check CHECK (origin IN ('guarantee_grid', 'take_over', 'reports', 'segments', 'functions', 'need', 'hand'));

CREATE TABLE campaign (
    owner_id         uuid        NOT NULL,
    delegation_id    uuid        NOT NULL,
    delegate_id      uuid        NOT NULL,
    project_id       uuid        NOT NULL,
    campaign_id      uuid        NOT NULL,
    name             text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    kind             text        NOT NULL CHECK (kind IN ('unit', 'integration', 'end_to_end', 'volume')),
    testing_side     text        NOT NULL CHECK (testing_side IN ('insurer', 'delegate')),
    first_day        date        NOT NULL,
    last_day         date        NOT NULL CHECK (last_day >= first_day),
    sealed_report_id uuid,
    create_time      timestamptz NOT NULL,
    update_time      timestamptz NOT NULL,
    revision         bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id, campaign_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id)
);
COMMENT ON TABLE campaign IS 'kind: party
Campaigns of acceptance (campagnes de recette); with sealed_report_id both sides signed what came of one, and it stays as it is.';
CREATE INDEX campaign_by_delegate ON campaign (delegate_id, project_id, campaign_id);
CALL declare_table('campaign');
GRANT SELECT, INSERT, UPDATE ON campaign TO {request};

CREATE TABLE campaign_case (
    owner_id      uuid NOT NULL,
    delegation_id uuid NOT NULL,
    delegate_id   uuid NOT NULL,
    project_id    uuid NOT NULL,
    campaign_id   uuid NOT NULL,
    case_id       uuid NOT NULL,
    PRIMARY KEY (owner_id, campaign_id, case_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id, campaign_id) REFERENCES campaign (owner_id, project_id, campaign_id),
    FOREIGN KEY (owner_id, project_id, case_id) REFERENCES acceptance_case (owner_id, project_id, case_id)
);
COMMENT ON TABLE campaign_case IS 'kind: party
Which cases a campaign has.';
CREATE INDEX campaign_case_by_delegate ON campaign_case (delegate_id, campaign_id, case_id);
CALL declare_table('campaign_case');
GRANT SELECT, INSERT ON campaign_case TO {request};

CREATE TABLE acceptance_run (
    owner_id       uuid        NOT NULL,
    delegation_id  uuid        NOT NULL,
    delegate_id    uuid        NOT NULL,
    campaign_id    uuid        NOT NULL,
    run_id         uuid        NOT NULL,
    case_id        uuid        NOT NULL,
    case_revision  bigint      NOT NULL CHECK (case_revision > 0),
    result         text        NOT NULL CHECK (result IN ('passed', 'failed', 'blocked')),
    expected_cents bigint      NOT NULL,
    actual_cents   bigint      CHECK (actual_cents >= 0),
    observation    text        NOT NULL CHECK (char_length(observation) <= 2000),
    tester_side    text        NOT NULL CHECK (tester_side IN ('insurer', 'delegate')),
    tester_id      uuid        NOT NULL,
    run_time       timestamptz NOT NULL,
    PRIMARY KEY (owner_id, campaign_id, run_id),
    CHECK (result <> 'passed' OR actual_cents IS NOT DISTINCT FROM expected_cents),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, campaign_id, case_id) REFERENCES campaign_case (owner_id, campaign_id, case_id)
);
COMMENT ON TABLE acceptance_run IS 'kind: party
Runs of cases, kept as they were: a passed one has the expected amount to the cent.';
CREATE INDEX acceptance_run_by_time ON acceptance_run (owner_id, campaign_id, run_time, run_id);
CREATE INDEX acceptance_run_by_case ON acceptance_run (owner_id, campaign_id, case_id, run_time, run_id);
CREATE INDEX acceptance_run_by_delegate ON acceptance_run (delegate_id, campaign_id, run_id);
CALL declare_table('acceptance_run');
GRANT SELECT, INSERT ON acceptance_run TO {request};

CREATE TABLE anomaly (
    owner_id          uuid        NOT NULL,
    delegation_id     uuid        NOT NULL,
    delegate_id       uuid        NOT NULL,
    project_id        uuid        NOT NULL,
    campaign_id       uuid        NOT NULL,
    case_id           uuid        NOT NULL,
    run_id            uuid        NOT NULL,
    anomaly_id        uuid        NOT NULL,
    title             text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    description       text        NOT NULL CHECK (char_length(description) <= 4000),
    severity          text        NOT NULL CHECK (severity IN ('blocking', 'major', 'minor')),
    state             text        NOT NULL CHECK (state IN ('open', 'fixed', 'retested', 'closed', 'accepted_with_reserve')),
    side              text        NOT NULL CHECK (side IN ('insurer', 'delegate')),
    due_day           date,
    fix               text        NOT NULL CHECK (char_length(fix) <= 4000),
    reserve           text        NOT NULL CHECK (char_length(reserve) <= 2000),
    proposed_severity text        CHECK (proposed_severity IN ('major', 'minor')),
    proposed_reserve  text,
    proposed_by       text        CHECK (proposed_by IN ('insurer', 'delegate')),
    create_time       timestamptz NOT NULL,
    update_time       timestamptz NOT NULL,
    revision          bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id, anomaly_id),
    CHECK ((state = 'accepted_with_reserve') = (reserve <> '')),
    CHECK (state <> 'accepted_with_reserve' OR severity <> 'blocking'),
    CHECK (num_nonnulls(proposed_severity, proposed_reserve) = num_nonnulls(proposed_by)),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id, campaign_id) REFERENCES campaign (owner_id, project_id, campaign_id),
    FOREIGN KEY (owner_id, campaign_id, case_id) REFERENCES campaign_case (owner_id, campaign_id, case_id),
    FOREIGN KEY (owner_id, campaign_id, run_id) REFERENCES acceptance_run (owner_id, campaign_id, run_id)
);
COMMENT ON TABLE anomaly IS 'kind: party
Anomalies of acceptance. side is the one that fixes it; the proposed columns are what one side wants and the other has not agreed to.';
CREATE INDEX anomaly_by_case ON anomaly (owner_id, project_id, case_id);
CREATE INDEX anomaly_by_delegate ON anomaly (delegate_id, project_id, anomaly_id);
CALL declare_table('anomaly');
GRANT SELECT, INSERT, UPDATE ON anomaly TO {request};

CREATE TABLE acceptance_report (
    owner_id           uuid        NOT NULL,
    delegation_id      uuid        NOT NULL,
    delegate_id        uuid        NOT NULL,
    project_id         uuid        NOT NULL,
    report_id          uuid        NOT NULL,
    kind               text        NOT NULL CHECK (kind IN ('acceptance', 'homologation')),
    campaign_id        uuid,
    state              text        NOT NULL CHECK (state IN ('issued', 'partly_signed', 'sealed', 'withdrawn')),
    text               text        NOT NULL,
    text_sha256        text        NOT NULL CHECK (text_sha256 ~ '^[0-9a-f]{64}$'),
    case_count         integer     NOT NULL,
    run_count          integer     NOT NULL,
    reserve_count      integer     NOT NULL,
    insurer_person_id  uuid,
    insurer_sign_time  timestamptz,
    delegate_person_id uuid,
    delegate_sign_time timestamptz,
    seal_time          timestamptz,
    create_time        timestamptz NOT NULL,
    revision           bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id, report_id),
    CHECK ((kind = 'acceptance') = (campaign_id IS NOT NULL)),
    CHECK (text_sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex')),
    CHECK ((insurer_person_id IS NULL) = (insurer_sign_time IS NULL)),
    CHECK ((delegate_person_id IS NULL) = (delegate_sign_time IS NULL)),
    CHECK ((state = 'sealed') = (num_nonnulls(insurer_person_id, delegate_person_id, seal_time) = 3)),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id),
    FOREIGN KEY (owner_id, project_id, campaign_id) REFERENCES campaign (owner_id, project_id, campaign_id)
);
COMMENT ON TABLE acceptance_report IS 'kind: party
Acceptance and homologation reports (PV de recette, PV d''homologation): the text that both sides sign, and their signatures.';
CREATE INDEX acceptance_report_by_delegate ON acceptance_report (delegate_id, project_id, report_id);
-- One at a time waits for signatures: of a campaign, and of the homologation of a project.
CREATE UNIQUE INDEX acceptance_report_in_progress ON acceptance_report (owner_id, project_id, kind, COALESCE(campaign_id, project_id))
    WHERE state IN ('issued', 'partly_signed');
CALL declare_table('acceptance_report');
-- The text is written once; what people sign cannot be put in its place by this role.
GRANT SELECT, INSERT, UPDATE (state, insurer_person_id, insurer_sign_time, delegate_person_id, delegate_sign_time, seal_time, revision)
    ON acceptance_report TO {request};

-- What both sides signed stays as it is, whoever asks.
CREATE FUNCTION keep_sealed_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the report % is sealed', OLD.report_id;
END $$;
CREATE TRIGGER keep_sealed_report BEFORE UPDATE OR DELETE ON acceptance_report
    FOR EACH ROW WHEN (OLD.state = 'sealed') EXECUTE FUNCTION keep_sealed_report();
