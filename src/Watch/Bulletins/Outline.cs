using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.Watch.V1;

namespace Delegation.Watch.Bulletins;

/// <summary>What a bulletin is to tell. Without items it tells all that fit.</summary>
internal sealed record Outline(
    IReadOnlyList<Guid> DelegationIds, string Title, DateOnly PeriodStart, DateOnly PeriodEnd, string Introduction, string Language, IReadOnlyList<Guid> ItemIds)
{
    public const int MostItems = 200;
    private const int MostDelegations = 50;
    private const int TitleLength = 200;
    private const int IntroductionLength = 4000;

    private static readonly LocalizedText GiveADelegation = new("Give the ids of delegations.", "Indiquez les identifiants de délégations.");

    /// <summary>Ends the reading of the request: what was found wrong before counts too.</summary>
    public static Outline Read(BulletinOutline? outline, List<FieldViolation> violations)
    {
        if (outline is null)
            violations.Add(new(
                "outline", "OUTLINE_REQUIRED", new("What the bulletin tells is missing.", "Le contenu du livrable n'est pas renseigné."), new("Give its outline.", "Indiquez son plan.")));
        var read = outline is null ? null : ReadFields(outline, violations);
        violations.RefuseIfAny();
        return read!;
    }

    private static Outline ReadFields(BulletinOutline outline, List<FieldViolation> violations)
    {
        if (outline.DelegationIds.Count == 0)
            violations.Add(new("outline.delegation_ids", "DELEGATION_IDS_REQUIRED", new("The delegations are missing.", "Les délégations ne sont pas renseignées."), GiveADelegation));
        var delegations = ReadIds("outline.delegation_ids", outline.DelegationIds, MostDelegations, violations);
        var title = TextField.ReadLine("outline.title", outline.Title, TitleLength, violations);
        var start = DayField.Read("outline.period_start_day", outline.PeriodStartDay, violations);
        var end = DayField.Read("outline.period_end_day", outline.PeriodEndDay, violations);
        if (end < start)
            violations.Add(new(
                "outline.period_end_day", "PERIOD_END_DAY_TOO_EARLY", new("The period would end before it begins.", "La période prendrait fin avant son début."),
                new("Give a day that is not before the first.", "Indiquez un jour qui ne précède pas le premier.")));
        var introduction = TextField.ReadText("outline.introduction", outline.Introduction, IntroductionLength, violations);
        if (outline.Language is not ("" or "fr" or "en"))
            violations.Add(new(
                "outline.language", "LANGUAGE_UNKNOWN", new("Bulletins are not written in this language.", "Les livrables ne sont pas rédigés dans cette langue."),
                new("Write fr or en, or nothing for fr.", "Indiquez fr ou en, ou rien pour fr.")));
        var items = ReadIds("outline.item_ids", outline.ItemIds, MostItems, violations);

        return new Outline(delegations, title ?? "", start ?? default, end ?? default, introduction ?? "", outline.Language == "en" ? "en" : "fr", items);
    }

    private static Guid[] ReadIds(string field, Google.Protobuf.Collections.RepeatedField<string> ids, int most, List<FieldViolation> violations)
    {
        if (ids.Count > most)
            violations.Add(new(field, "TOO_MANY_ENTRIES", new("There are too many.", "Il y en a trop."), new($"Give at most {most}.", $"Indiquez-en {most} au plus.")));
        var read = ids.Select(id => Guid.TryParseExact(id, "D", out var known) ? known : default(Guid?)).ToArray();
        if (Array.Exists(read, id => id is null))
            violations.Add(new(
                field, $"{field[(field.LastIndexOf('.') + 1)..].ToUpperInvariant()}_MALFORMED", new("One of these is no id of the platform.", "L'un de ceux-ci n'est pas un identifiant de la plateforme."),
                new("Give ids that the platform answered.", "Indiquez des identifiants que la plateforme a répondus.")));

        return [.. read.OfType<Guid>().Distinct()];
    }
}
