namespace Delegation.ProjectDelivery.Scoping.Items;

/// <summary>The four tables of generated items, and that of items of the plan.</summary>
internal static class ItemTables
{
    public static readonly ItemTable<PlannedItemRow> PlannedItems = new("planned_item", "item_id", "kind", "title", "description", "side", "role", "due_day");

    public static readonly ItemTable<DeliverableRow> Deliverables = new(
        "deliverable",
        "deliverable_id",
        "title",
        "description",
        "side",
        "due_day",
        "content_revision",
        "insurer_person_id",
        "insurer_consent_time",
        "delegate_person_id",
        "delegate_consent_time");

    public static readonly ItemTable<TakeOverLotRow> TakeOverLots = new(
        "take_over_lot", "lot_id", "title", "category", "source", "item_count", "amount_cents", "personal_data");

    public static readonly ItemTable<ReportDefinitionRow> ReportDefinitions = new(
        "report_definition", "report_id", "title", "kind", "periodicity", "due_days", "format", "recipient");

    public static readonly ItemTable<AcceptanceCaseRow> AcceptanceCases = new(
        "acceptance_case",
        "case_id",
        "title",
        "guarantee",
        "level",
        "category",
        "spent_cents",
        "base_cents",
        "amo_rate_ppm",
        "amo_cents",
        "expected_cents",
        "formula");
}
