using Delegation.Persistence.Paging;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;
using Delegation.Watch.V1;

namespace Delegation.Watch.Items;

/// <summary>Which watch items somebody wants to see.</summary>
internal sealed record ItemFilter(string? Stream, DateOnly FromDay, PageRequest Page)
{
    private static readonly FieldViolation StreamUnknown = new(
        "stream",
        "STREAM_UNKNOWN",
        new("This stream is not known.", "Ce volet de veille n'est pas connu."),
        new("Choose REGULATORY, MARKET or TECHNOLOGICAL, or nothing for all.",
            "Choisissez REGULATORY (réglementaire), MARKET (marché) ou TECHNOLOGICAL (technologique), ou rien pour tous."));

    /// <summary>Reads a request; without a day it is today.</summary>
    public static ItemFilter Read(ListItemsRequest request, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        if (request.Stream.StoredIfKnown() is null && request.Stream != Item.Types.Stream.Unspecified)
            violations.Add(StreamUnknown);

        var from = DayField.ReadOptional("from_day", request.FromDay, violations) ?? ParisDays.DayAt(now);
        var page = PageRequest.Read(request.PageSize, request.PageToken, violations);
        violations.RefuseIfAny();
        return new ItemFilter(request.Stream.StoredIfKnown(), from, page);
    }
}
