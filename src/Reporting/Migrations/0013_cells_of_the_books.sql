-- Cells for what is asked most, by months of the books alone, by contract without what tells its members apart, and by whole years, which are named by their
-- January: many times fewer to add up. They follow from cells that are there, of each import.
ALTER TABLE benefit_cell
    ALTER occurrence_month DROP NOT NULL,
    DROP CONSTRAINT benefit_cell_theme_check,
    ADD CONSTRAINT benefit_cell_theme_check CHECK (theme IN ('category', 'act', 'contract_year', 'contract_books', 'contract', 'contract_category', 'person', 'region')),
    ADD CONSTRAINT benefit_cell_occurrence_check CHECK ((occurrence_month IS NULL) = (theme IN ('contract_year', 'contract_books')));
COMMENT ON COLUMN benefit_cell.occurrence_month IS 'Null in themes by months of the books alone.';

ALTER TABLE premium_cell
    ALTER occurrence_month DROP NOT NULL,
    ALTER contract_reference DROP NOT NULL,
    ALTER college DROP NOT NULL,
    DROP CONSTRAINT premium_cell_theme_check,
    ADD CONSTRAINT premium_cell_theme_check CHECK (theme IN ('books', 'contract_year', 'contract_books', 'contract')),
    ADD CONSTRAINT premium_cell_occurrence_check CHECK ((occurrence_month IS NULL) = (theme IN ('books', 'contract_year', 'contract_books')));
COMMENT ON COLUMN premium_cell.occurrence_month IS 'Null in themes by months of the books alone.';

ALTER TABLE membership_cell
    DROP CONSTRAINT membership_cell_theme_check,
    ADD CONSTRAINT membership_cell_theme_check CHECK (theme IN ('contract_year', 'contract_month', 'contract', 'person', 'region'));

INSERT INTO benefit_cell (owner_id, delegation_id, delegate_id, import_number, theme, accounting_month, product, individual, contract_reference,
                          expenses, compulsory_base, compulsory_paid, benefit, other_paid, out_of_pocket, acts, lines)
SELECT owner_id, delegation_id, delegate_id, import_number, 'contract_books', accounting_month, product, individual, contract_reference,
       sum(expenses), sum(compulsory_base), sum(compulsory_paid), sum(benefit), sum(other_paid), sum(out_of_pocket), sum(acts), sum(lines)
FROM benefit_cell
WHERE theme = 'contract'
GROUP BY owner_id, delegation_id, delegate_id, import_number, accounting_month, product, individual, contract_reference;

INSERT INTO premium_cell (owner_id, delegation_id, delegate_id, import_number, theme, accounting_month, product, individual, contract_reference, called, collected, earned, tax, lines)
SELECT owner_id, delegation_id, delegate_id, import_number, CASE grouping(contract_reference) WHEN 0 THEN 'contract_books' ELSE 'books' END,
       accounting_month, product, individual, contract_reference, sum(called), sum(collected), sum(earned), sum(tax), sum(lines)
FROM premium_cell
WHERE theme = 'contract'
GROUP BY owner_id, delegation_id, delegate_id, import_number, accounting_month, product, individual, GROUPING SETS ((contract_reference), ());

INSERT INTO membership_cell (owner_id, delegation_id, delegate_id, import_number, theme, accounting_month, occurrence_month, product, individual, contract_reference,
                             exposure_days, insured, entries, exits, lines)
SELECT owner_id, delegation_id, delegate_id, import_number, 'contract_month', accounting_month, occurrence_month, product, individual, contract_reference,
       sum(exposure_days), sum(insured), sum(entries), sum(exits), sum(lines)
FROM membership_cell
WHERE theme = 'contract'
GROUP BY owner_id, delegation_id, delegate_id, import_number, accounting_month, occurrence_month, product, individual, contract_reference;

-- Whole years from the months of each.
INSERT INTO benefit_cell (owner_id, delegation_id, delegate_id, import_number, theme, accounting_month, product, individual, contract_reference,
                          expenses, compulsory_base, compulsory_paid, benefit, other_paid, out_of_pocket, acts, lines)
SELECT owner_id, delegation_id, delegate_id, import_number, 'contract_year', date_trunc('year', accounting_month)::date, product, individual, contract_reference,
       sum(expenses), sum(compulsory_base), sum(compulsory_paid), sum(benefit), sum(other_paid), sum(out_of_pocket), sum(acts), sum(lines)
FROM benefit_cell
WHERE theme = 'contract_books'
GROUP BY owner_id, delegation_id, delegate_id, import_number, date_trunc('year', accounting_month)::date, product, individual, contract_reference;

INSERT INTO premium_cell (owner_id, delegation_id, delegate_id, import_number, theme, accounting_month, product, individual, contract_reference, called, collected, earned, tax, lines)
SELECT owner_id, delegation_id, delegate_id, import_number, 'contract_year', date_trunc('year', accounting_month)::date, product, individual, contract_reference,
       sum(called), sum(collected), sum(earned), sum(tax), sum(lines)
FROM premium_cell
WHERE theme = 'contract_books'
GROUP BY owner_id, delegation_id, delegate_id, import_number, date_trunc('year', accounting_month)::date, product, individual, contract_reference;

INSERT INTO membership_cell (owner_id, delegation_id, delegate_id, import_number, theme, accounting_month, occurrence_month, product, individual, contract_reference,
                             exposure_days, insured, entries, exits, lines)
SELECT owner_id, delegation_id, delegate_id, import_number, 'contract_year', date_trunc('year', accounting_month)::date, date_trunc('year', occurrence_month)::date,
       product, individual, contract_reference, sum(exposure_days), coalesce(sum(insured) FILTER (WHERE date_part('month', occurrence_month) = 12), 0), sum(entries), sum(exits), sum(lines)
FROM membership_cell
WHERE theme = 'contract_month'
GROUP BY owner_id, delegation_id, delegate_id, import_number, date_trunc('year', accounting_month)::date, date_trunc('year', occurrence_month)::date, product, individual, contract_reference;
