using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.ProjectDelivery.Scoping.Answers;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using State = Delegation.Delivery.V1.ItemOrigin.Types.State;

namespace Delegation.ProjectDelivery.Scoping.Items;

/// <summary>Reads how people want an item to be: gives the item with what they say in place of what it says.</summary>
internal static class ItemFields
{
    private const int TitleLength = 200;

    private static readonly LocalizedText Choose = new("Choose ACTIVE or RETIRED.", "Choisissez ACTIVE (actif) ou RETIRED (retiré).");

    private static readonly LocalizedText ChooseASide = new("Choose SIDE_INSURER or SIDE_DELEGATE.", "Choisissez SIDE_INSURER (assureur) ou SIDE_DELEGATE (délégataire).");

    public static Func<DeliverableRow, DeliverableRow> Read(UpdateDeliverableRequest request, ICollection<FieldViolation> violations)
    {
        var title = TextField.ReadLine("title", request.Title, TitleLength, violations);
        var description = TextField.ReadText("description", request.Description, 4000, violations);
        var due = DayField.ReadOptional("due_day", request.DueDay, violations);
        if (request.Side is not (Side.Insurer or Side.Delegate))
            violations.Add(request.Side == Side.Unspecified
                ? new FieldViolation("side", "SIDE_REQUIRED", new("The side is missing.", "La partie n'est pas renseignée."), ChooseASide)
                : new FieldViolation("side", "SIDE_UNKNOWN", new("This is no side of a delegation.", "Ceci n'est pas une partie de la délégation."), ChooseASide));
        ReadState(request.State, violations);

        return item => item with { Title = title!, Description = description!, Side = request.Side.Code(), DueDay = due, State = request.State.Stored() };
    }

    public static Func<TakeOverLotRow, TakeOverLotRow> Read(UpdateTakeOverLotRequest request, ICollection<FieldViolation> violations)
    {
        var title = TextField.ReadLine("title", request.Title, TitleLength, violations);
        var source = TextField.ReadLine("source", request.Source, 200, violations);
        AnswerReading.ReadEnum("category", request.Category, violations);
        if (request.ItemCount < 0)
            violations.Add(AnswerContents.ItemCountNegative("item_count"));
        var amount = EuroField.ReadOptional("amount", request.Amount, violations);
        ReadState(request.State, violations);

        return item => item with
        {
            Title = title!,
            Category = request.Category.Stored(),
            Source = source!,
            ItemCount = request.ItemCount,
            AmountCents = amount,
            PersonalData = request.PersonalData,
            State = request.State.Stored(),
        };
    }

    public static Func<ReportDefinitionRow, ReportDefinitionRow> Read(UpdateReportDefinitionRequest request, ICollection<FieldViolation> violations)
    {
        var title = TextField.ReadLine("title", request.Title, TitleLength, violations);
        var recipient = TextField.ReadLine("recipient", request.Recipient, 200, violations);
        AnswerReading.ReadEnum("kind", request.Kind, violations);
        AnswerReading.ReadEnum("periodicity", request.Periodicity, violations);
        AnswerReading.ReadEnum("format", request.Format, violations);
        if (request.DueDays is < 0 or > 366)
            violations.Add(AnswerContents.DueDaysOutOfRange("due_days"));
        ReadState(request.State, violations);

        return item => item with
        {
            Title = title!,
            Kind = request.Kind.Stored(),
            Periodicity = request.Periodicity.Stored(),
            DueDays = request.DueDays,
            Format = request.Format.Stored(),
            Recipient = recipient!,
            State = request.State.Stored(),
        };
    }

    public static Func<AcceptanceCaseRow, AcceptanceCaseRow> Read(UpdateAcceptanceCaseRequest request, ICollection<FieldViolation> violations)
    {
        var title = TextField.ReadLine("title", request.Title, 300, violations);
        var formula = TextField.ReadText("formula", request.Formula, 500, violations);
        var before = violations.Count;
        var (spent, amo, expected) = (
            EuroField.Read("spent", request.Spent, violations), EuroField.Read("amo", request.Amo, violations), EuroField.Read("expected", request.Expected, violations));
        if (violations.Count == before && amo > spent)
            violations.Add(new FieldViolation(
                "amo", "AMO_ABOVE_COSTS", new("The compulsory scheme would pay more than the act costs.", "Le régime obligatoire paierait plus que le coût de l'acte."),
                new("Correct one of the two amounts.", "Corrigez l'un des deux montants.")));
        else if (violations.Count == before && expected > spent - amo)
            violations.Add(new FieldViolation(
                "expected", "EXPECTED_ABOVE_COSTS", new("Both schemes together would pay more than the act costs.", "Les deux régimes ensemble paieraient plus que le coût de l'acte."),
                new("Correct one of the amounts.", "Corrigez l'un des montants.")));
        ReadState(request.State, violations);

        return item => item with { Title = title!, SpentCents = spent!.Value, AmoCents = amo!.Value, ExpectedCents = expected!.Value, Formula = formula!, State = request.State.Stored() };
    }

    /// <summary>Which items somebody wants to see: those in one state, or all for null.</summary>
    public static string? ReadFilter(State state, ICollection<FieldViolation> violations)
    {
        if (state == State.Unspecified)
            return null;

        ReadState(state, violations);
        return state.StoredIfKnown();
    }

    /// <summary>Nobody but the platform flags an item for having no origin; null when that holds.</summary>
    public static FieldViolation? StaysOrphaned(string before, string after) => after == ItemStates.Orphaned && before != ItemStates.Orphaned
        ? new FieldViolation("state", "STATE_NOT_TO_CHOOSE", new("The origin of this item is there.", "L'origine de cet élément est présente."), Choose)
        : null;

    private static void ReadState(State state, ICollection<FieldViolation> violations)
    {
        if (!StoredNames.IsKnown(state))
            violations.Add(state == State.Unspecified
                ? new FieldViolation("state", "STATE_REQUIRED", new("The state is missing.", "L'état n'est pas renseigné."), Choose)
                : new FieldViolation("state", "STATE_UNKNOWN", new("This state is not known.", "Cet état n'est pas connu."), Choose));
    }
}
