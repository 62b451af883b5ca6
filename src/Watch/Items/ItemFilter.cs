using Delegation.Persistence.Paging;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;
using Delegation.Watch.V1;

namespace Delegation.Watch.Items;

/// <summary>Which watch items somebody wants to see.</summary>
internal sealed record ItemFilter(string? Stream, DateOnly FromDay, string Query, PageRequest Page)
{
    private const int QueryLength = 200;

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
        var stream = ReadStream(request.Stream, violations);
        var query = ReadQuery(request.Query, violations);
        var from = DayField.ReadOptional("from_day", request.FromDay, violations) ?? ParisDays.DayAt(now);
        var page = PageRequest.Read(request.PageSize, request.PageToken, violations);
        violations.RefuseIfAny();
        return new ItemFilter(stream, from, query!, page);
    }

    /// <summary>One stream, or all for null.</summary>
    public static string? ReadStream(Item.Types.Stream stream, ICollection<FieldViolation> violations)
    {
        if (stream.StoredIfKnown() is null && stream != Item.Types.Stream.Unspecified)
            violations.Add(StreamUnknown);

        return stream.StoredIfKnown();
    }

    /// <summary>Words to look for, or none.</summary>
    public static string? ReadQuery(string query, ICollection<FieldViolation> violations) => OptionalLine.Read("query", query, QueryLength, violations);
}
