using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Scoping.Items;

/// <summary>Generated items in the words of the contract.</summary>
internal static class ItemMessages
{
    public const string NeedOrigin = "need";

    /// <summary>The origin of cases that people write by hand: no answer of the scoping, which therefore leaves them alone.</summary>
    public const string HandOrigin = "hand";

    public static Deliverable ToMessage(this DeliverableRow row) => new()
    {
        Id = row.Id.ToString(),
        ProjectId = row.ProjectId.ToString(),
        Title = row.Title,
        Description = row.Description,
        Side = RoleCodes.SideOf(row.Side),
        DueDay = DayField.Write(row.DueDay),
        InsurerConsentTime = Instant(row.InsurerConsentTime),
        DelegateConsentTime = Instant(row.DelegateConsentTime),
        Origin = Origin(row),
        CreateTime = Timestamp.FromDateTime(row.CreateTime),
        UpdateTime = Timestamp.FromDateTime(row.UpdateTime),
        Etag = Etag.Of(row.Id, row.Revision),
    };

    public static TakeOverLot ToMessage(this TakeOverLotRow row) => new()
    {
        Id = row.Id.ToString(),
        ProjectId = row.ProjectId.ToString(),
        Title = row.Title,
        Category = StoredNames.Read<DataCategory>(row.Category),
        Source = row.Source,
        ItemCount = row.ItemCount,
        Amount = row.AmountCents is { } cents ? EuroField.Write(cents) : null,
        PersonalData = row.PersonalData,
        Origin = Origin(row),
        CreateTime = Timestamp.FromDateTime(row.CreateTime),
        UpdateTime = Timestamp.FromDateTime(row.UpdateTime),
        Etag = Etag.Of(row.Id, row.Revision),
    };

    public static ReportDefinition ToMessage(this ReportDefinitionRow row) => new()
    {
        Id = row.Id.ToString(),
        ProjectId = row.ProjectId.ToString(),
        Title = row.Title,
        Kind = StoredNames.Read<ReportKind>(row.Kind),
        Periodicity = StoredNames.Read<ReportPeriodicity>(row.Periodicity),
        DueDays = row.DueDays,
        Format = StoredNames.Read<ReportFormat>(row.Format),
        Recipient = row.Recipient,
        Origin = Origin(row),
        CreateTime = Timestamp.FromDateTime(row.CreateTime),
        UpdateTime = Timestamp.FromDateTime(row.UpdateTime),
        Etag = Etag.Of(row.Id, row.Revision),
    };

    public static AcceptanceCase ToMessage(this AcceptanceCaseRow row) => new()
    {
        Id = row.Id.ToString(),
        ProjectId = row.ProjectId.ToString(),
        Title = row.Title,
        Guarantee = row.Guarantee,
        Level = row.Level,
        Category = row.Category.Length == 0 ? GuaranteeLine.Types.Category.Unspecified : StoredNames.Read<GuaranteeLine.Types.Category>(row.Category),
        Spent = EuroField.Write(row.SpentCents),
        Base = EuroField.Write(row.BaseCents),
        AmoRatePpm = row.AmoRatePpm,
        Amo = EuroField.Write(row.AmoCents),
        Expected = EuroField.Write(row.ExpectedCents),
        Formula = row.Formula,
        Origin = Origin(row),
        CreateTime = Timestamp.FromDateTime(row.CreateTime),
        UpdateTime = Timestamp.FromDateTime(row.UpdateTime),
        Etag = Etag.Of(row.Id, row.Revision),
    };

    private static ItemOrigin Origin(GeneratedRow row) => new()
    {
        Question = row.Origin is NeedOrigin or HandOrigin ? ScopingQuestion.Unspecified : StoredNames.Read<ScopingQuestion>(row.Origin),
        NeedId = row.Origin == NeedOrigin ? row.OriginKey : "",
        Key = row.OriginKey,
        State = StoredNames.Read<ItemOrigin.Types.State>(row.State),
        EditedFields = { row.Edited },
    };

    private static Timestamp? Instant(DateTime? time) => time is { } instant ? Timestamp.FromDateTime(instant) : null;
}
