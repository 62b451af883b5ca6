-- Where organisations watch.

CREATE TABLE watch_source (
    owner_id          uuid        NOT NULL,
    source_id         uuid        NOT NULL,
    name              text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    kind              text        NOT NULL CHECK (kind IN ('feed', 'manual')),
    url               text        NOT NULL CHECK (char_length(url) <= 2000 AND (kind = 'manual' OR url <> '')),
    stream            text        NOT NULL CHECK (stream IN ('regulatory', 'market', 'technological')),
    trust             text        NOT NULL CHECK (trust IN ('official', 'press', 'other')),
    paused            boolean     NOT NULL,
    read_minutes      integer     NOT NULL CHECK (read_minutes BETWEEN 15 AND 1440),
    silent_after_days integer     NOT NULL CHECK (silent_after_days BETWEEN 1 AND 365),
    format            text        NOT NULL,
    feed_etag         text        NOT NULL,
    feed_modified     text        NOT NULL,
    read_time         timestamptz,
    success_time      timestamptz,
    found_time        timestamptz,
    failures          integer     NOT NULL CHECK (failures >= 0),
    failure           text        NOT NULL,
    next_time         timestamptz,
    silent            boolean     NOT NULL,
    create_time       timestamptz NOT NULL,
    revision          bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, source_id)
);
COMMENT ON TABLE watch_source IS 'kind: organisation
Feeds that are read and places that are visited. What a reading finds out about a feed is no revision of it.';
COMMENT ON COLUMN watch_source.feed_etag IS 'What the feed asks to be sent back, with feed_modified: nothing new is then answered without a body.';
CREATE UNIQUE INDEX watch_source_by_url ON watch_source (owner_id, url) WHERE kind = 'feed';
CALL declare_table('watch_source');
CALL declare_system_access('watch_source', 'SELECT, UPDATE');
GRANT SELECT, INSERT, UPDATE ON watch_source TO {request};

CREATE TABLE suggested_source (
    name      text NOT NULL,
    kind      text NOT NULL CHECK (kind IN ('feed', 'manual')),
    url       text NOT NULL,
    stream    text NOT NULL CHECK (stream IN ('regulatory', 'market', 'technological')),
    trust     text NOT NULL CHECK (trust IN ('official', 'press', 'other')),
    certainty text NOT NULL CHECK (certainty IN ('confirmed', 'uncertain')),
    note_en   text NOT NULL,
    note_fr   text NOT NULL,
    PRIMARY KEY (name, url)
);
COMMENT ON TABLE suggested_source IS 'kind: reference
Public sources of the field. Their addresses were seen in use; none was tried.';
CALL declare_table('suggested_source');

INSERT INTO suggested_source (name, kind, url, stream, trust, certainty, note_en, note_fr) VALUES
    ('CNIL', 'feed', 'https://www.cnil.fr/fr/rss.xml', 'regulatory', 'official', 'confirmed', 'One feed for all; none for sanctions alone.', 'Un seul flux pour tout ; aucun pour les seules sanctions.'),
    ('EIOPA', 'feed', 'https://www.eiopa.europa.eu/rss.xml', 'regulatory', 'official', 'confirmed', '', ''),
    ('EIOPA – taxonomie Solvabilité II', 'feed', 'https://dev.eiopa.europa.eu/RSS/S2_XBRL_RSS.xml', 'regulatory', 'official', 'confirmed', '', ''),
    ('EDPB', 'feed', 'https://www.edpb.europa.eu/rss_en', 'regulatory', 'official', 'uncertain', 'Two spellings are in use; the other ends in rss.xml_en.', 'Deux graphies sont en usage ; l''autre se termine par rss.xml_en.'),
    ('HAS – recommandations et guides', 'feed', 'https://www.has-sante.fr/feed/Rss2.jsp?id=p_3081452', 'regulatory', 'official', 'confirmed', '', ''),
    ('HAS – actualités', 'feed', 'https://www.has-sante.fr/feed/Rss2.jsp?id=p_3081656', 'regulatory', 'official', 'confirmed', '', ''),
    ('HAS – avis sur les médicaments', 'feed', 'https://www.has-sante.fr/feed/Rss2.jsp?id=p_3081449', 'regulatory', 'official', 'confirmed', '', ''),
    ('Agence du numérique en santé', 'feed', 'https://esante.gouv.fr/rss.xml', 'technological', 'official', 'confirmed', 'Seen in use once.', 'Relevé une seule fois.'),
    ('Journal officiel – lois (LegiFrSS)', 'feed', 'https://legifrss.org/latest?nature=LOI', 'regulatory', 'other', 'confirmed', 'Not official; the official way is the Légifrance API, which needs an account.', 'Non officiel ; la voie officielle est l''API Légifrance, qui demande un compte.'),
    ('ACPR', 'feed', 'https://acpr.banque-france.fr/rss.xml', 'regulatory', 'official', 'uncertain', 'Seen once, and said elsewhere not to exist: visit the site if it stays silent.', 'Relevé une fois, et dit inexistant ailleurs : visitez le site s''il reste muet.'),
    ('Banque de France', 'feed', 'https://www.banque-france.fr/rss.xml', 'regulatory', 'official', 'uncertain', 'Seen in use once.', 'Relevé une seule fois.'),
    ('ANSM – informations de sécurité', 'feed', 'https://ansm.sante.fr/rss/informations_securite', 'regulatory', 'official', 'confirmed', '', ''),
    ('ANSM – actualités', 'feed', 'https://ansm.sante.fr/rss/actualites', 'regulatory', 'official', 'confirmed', '', ''),
    ('CERT-FR', 'feed', 'https://www.cert.ssi.gouv.fr/feed/', 'technological', 'official', 'confirmed', '', ''),
    ('CERT-FR – alertes', 'feed', 'https://www.cert.ssi.gouv.fr/alerte/feed/', 'technological', 'official', 'confirmed', '', ''),
    ('CERT-FR – avis', 'feed', 'https://www.cert.ssi.gouv.fr/avis/feed/', 'technological', 'official', 'confirmed', '', ''),
    ('DGCCRF', 'feed', 'https://www.economie.gouv.fr/dgccrf/rss', 'regulatory', 'official', 'confirmed', '', ''),
    ('EUR-Lex', 'manual', '', 'regulatory', 'official', 'confirmed', 'Each saved search has a feed of its own: display-feed.rss?rssId=…', 'Chaque recherche enregistrée a son flux : display-feed.rss?rssId=…'),
    ('Service-public', 'feed', 'https://www.service-public.fr/rss/actualites.xml', 'regulatory', 'official', 'uncertain', '', ''),
    ('Vie-publique', 'feed', 'https://www.vie-publique.fr/rss/actualites.xml', 'regulatory', 'official', 'uncertain', 'Also seen as /rss.xml.', 'Relevé aussi sous /rss.xml.'),
    ('Ameli – CCAM', 'feed', 'https://www.opikanoba.org/feeds/ameli_ccam.xml', 'regulatory', 'other', 'confirmed', 'Not official.', 'Non officiel.'),
    ('Ameli – UCD', 'feed', 'https://www.opikanoba.org/feeds/ameli_ucd.xml', 'regulatory', 'other', 'confirmed', 'Not official.', 'Non officiel.'),
    ('Ameli – LPP', 'feed', 'https://www.opikanoba.org/feeds/ameli_lpp.xml', 'regulatory', 'other', 'confirmed', 'Not official.', 'Non officiel.'),
    ('L''Argus de l''assurance', 'feed', 'https://www.argusdelassurance.com/rss.xml', 'market', 'press', 'confirmed', '', ''),
    ('News Assurances Pro', 'feed', 'https://www.newsassurancespro.com/feed/', 'market', 'press', 'confirmed', '', ''),
    ('TICsanté', 'feed', 'https://www.ticsante.com/feed/', 'technological', 'press', 'confirmed', '', ''),
    ('FNMF', 'manual', '', 'market', 'other', 'confirmed', 'No feed is known.', 'Aucun flux connu.'),
    ('France Assureurs', 'manual', '', 'market', 'other', 'confirmed', 'No feed is known.', 'Aucun flux connu.'),
    ('CTIP (FIPS)', 'manual', '', 'market', 'other', 'confirmed', 'No feed is known.', 'Aucun flux connu.'),
    ('UNOCAM', 'manual', '', 'regulatory', 'official', 'confirmed', 'No feed is known.', 'Aucun flux connu.'),
    ('GIE SESAM-Vitale', 'manual', '', 'technological', 'official', 'confirmed', 'No feed is known.', 'Aucun flux connu.'),
    ('DREES', 'manual', '', 'market', 'official', 'confirmed', 'No feed is known.', 'Aucun flux connu.'),
    ('Légifrance', 'manual', '', 'regulatory', 'official', 'confirmed', 'No feed is known.', 'Aucun flux connu.');
