using Delegation.Persistence.Paging;
using Delegation.ServiceDefaults.Fields;
using Delegation.Watch.V1;

namespace Delegation.Watch.Items;

/// <summary>A watch item as the database keeps it, with the date by which it stands in a list.</summary>
internal sealed record ItemRow(
    Guid Id,
    string Stream,
    string TitleEn,
    string TitleFr,
    string Reference,
    string? Status,
    DateOnly? PublicationDay,
    DateOnly? EffectDay,
    DateOnly? DeadlineDay,
    DateOnly? ToleranceDay,
    string Certainty,
    string NoteEn,
    string NoteFr,
    string Source,
    DateOnly NextDay)
{
    /// <summary>Its place in the list.</summary>
    public PageKey PageKey => new(NextDay.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), Id);

    public Item ToMessage(string language) => new()
    {
        Id = Id.ToString(),
        Stream = StoredNames.Read<Item.Types.Stream>(Stream),
        Title = language == "fr" ? TitleFr : TitleEn,
        Reference = Reference,
        Status = Status is null ? Item.Types.Status.Unspecified : StoredNames.Read<Item.Types.Status>(Status),
        PublicationDay = DayField.Write(PublicationDay),
        EffectDay = DayField.Write(EffectDay),
        DeadlineDay = DayField.Write(DeadlineDay),
        ToleranceDay = DayField.Write(ToleranceDay),
        // The database's infinity.
        NextDay = NextDay == DateOnly.MaxValue ? "" : DayField.Write(NextDay),
        Certainty = StoredNames.Read<Item.Types.Certainty>(Certainty),
        Note = language == "fr" ? NoteFr : NoteEn,
        Source = Source,
    };

    /// <summary>What is said of it, in one language, for an organisation that takes it up.</summary>
    public ItemDetailsFields ToDetails(string language) => new(
        Stream, language == "fr" ? TitleFr : TitleEn, language == "fr" ? NoteFr : NoteEn, Reference, Link: "", Status, PublicationDay, EffectDay, DeadlineDay,
        ToleranceDay, Certainty);
}
