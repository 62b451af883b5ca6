using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Scoping.Items;

/// <summary>A field that answers generate and people may edit.</summary>
/// <param name="Name">As its column.</param>
/// <param name="Read">Its value.</param>
/// <param name="Take">The first row, with the value that the second has.</param>
internal sealed record ItemField<T>(string Name, Func<T, object?> Read, Func<T, T, T> Take);

/// <summary>What there is to know of a kind of generated items.</summary>
/// <param name="Type">As journal entries call it.</param>
/// <param name="NotFound">What is said where there is none with an id.</param>
/// <param name="Table">Where the rows are.</param>
/// <param name="Title">How people recognise an item.</param>
/// <param name="Touched">What else follows when it says something else than before.</param>
/// <param name="Fields">What it says.</param>
internal sealed record ItemKind<T>(
    string Type, (string Reason, LocalizedText Message) NotFound, ItemTable<T> Table, Func<T, string> Title, Func<T, T> Touched, params ItemField<T>[] Fields)
    where T : GeneratedRow;

/// <summary>The kinds of generated items.</summary>
internal static class ItemKinds
{
    /// <summary>Both sides validate what a deliverable says: when it says something else, they have not.</summary>
    public static readonly ItemKind<DeliverableRow> Deliverables = new(
        "deliverable",
        ("DELIVERABLE_NOT_FOUND", new LocalizedText("There is no deliverable with this id.", "Aucun livrable n'a cet identifiant.")),
        ItemTables.Deliverables,
        item => item.Title,
        item => item with { ContentRevision = item.Revision, InsurerPersonId = null, InsurerConsentTime = null, DelegatePersonId = null, DelegateConsentTime = null },
        new("title", item => item.Title, (item, from) => item with { Title = from.Title }),
        new("description", item => item.Description, (item, from) => item with { Description = from.Description }),
        new("side", item => item.Side, (item, from) => item with { Side = from.Side }),
        new("due_day", item => item.DueDay, (item, from) => item with { DueDay = from.DueDay }));

    public static readonly ItemKind<TakeOverLotRow> TakeOverLots = new(
        "take_over_lot",
        ("LOT_NOT_FOUND", new LocalizedText("There is no lot to take over with this id.", "Aucun lot de reprise n'a cet identifiant.")),
        ItemTables.TakeOverLots,
        item => item.Title,
        item => item,
        new("title", item => item.Title, (item, from) => item with { Title = from.Title }),
        new("category", item => item.Category, (item, from) => item with { Category = from.Category }),
        new("source", item => item.Source, (item, from) => item with { Source = from.Source }),
        new("item_count", item => item.ItemCount, (item, from) => item with { ItemCount = from.ItemCount }),
        new("amount", item => item.AmountCents, (item, from) => item with { AmountCents = from.AmountCents }),
        new("personal_data", item => item.PersonalData, (item, from) => item with { PersonalData = from.PersonalData }));

    public static readonly ItemKind<ReportDefinitionRow> ReportDefinitions = new(
        "report_definition",
        ("REPORT_NOT_FOUND", new LocalizedText("There is no report definition with this id.", "Aucune définition de reporting n'a cet identifiant.")),
        ItemTables.ReportDefinitions,
        item => item.Title,
        item => item,
        new("title", item => item.Title, (item, from) => item with { Title = from.Title }),
        new("kind", item => item.Kind, (item, from) => item with { Kind = from.Kind }),
        new("periodicity", item => item.Periodicity, (item, from) => item with { Periodicity = from.Periodicity }),
        new("due_days", item => item.DueDays, (item, from) => item with { DueDays = from.DueDays }),
        new("format", item => item.Format, (item, from) => item with { Format = from.Format }),
        new("recipient", item => item.Recipient, (item, from) => item with { Recipient = from.Recipient }));

    /// <summary>The amounts of a case go together: who edits one of them has said what is expected.</summary>
    public static readonly ItemKind<AcceptanceCaseRow> AcceptanceCases = new(
        "acceptance_case",
        ("CASE_NOT_FOUND", new LocalizedText("There is no acceptance case with this id.", "Aucun cas de recette n'a cet identifiant.")),
        ItemTables.AcceptanceCases,
        item => item.Title,
        item => item,
        new("title", item => item.Title, (item, from) => item with { Title = from.Title }),
        new("category", item => item.Category, (item, from) => item with { Category = from.Category }),
        new("amounts", item => (item.SpentCents, item.BaseCents, item.AmoRatePpm, item.AmoCents, item.ExpectedCents), (item, from) => item with
        {
            SpentCents = from.SpentCents,
            BaseCents = from.BaseCents,
            AmoRatePpm = from.AmoRatePpm,
            AmoCents = from.AmoCents,
            ExpectedCents = from.ExpectedCents,
        }),
        new("formula", item => item.Formula, (item, from) => item with { Formula = from.Formula }));

    public static readonly ItemKind<PlannedItemRow> PlannedItems = new(
        "planned_item",
        ("PLANNED_ITEM_NOT_FOUND", new LocalizedText("There is no item of the plan with this id.", "Aucun élément du plan n'a cet identifiant.")),
        ItemTables.PlannedItems,
        item => item.Title,
        item => item,
        new("title", item => item.Title, (item, from) => item with { Title = from.Title }),
        new("description", item => item.Description, (item, from) => item with { Description = from.Description }),
        new("owner", item => (item.Side, item.Role), (item, from) => item with { Side = from.Side, Role = from.Role }),
        new("due_day", item => item.DueDay, (item, from) => item with { DueDay = from.DueDay }));
}
