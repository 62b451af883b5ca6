using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Satisfaction;

/// <summary>The satisfaction of one side in a period as the database keeps it.</summary>
internal sealed record SideSatisfactionRow(
    Guid OwnerId, Guid DelegationId, Guid DelegateId, Guid Id, string Period, string Side, string Scores, DateTime GiveTime, DateTime? ShareTime, long Revision)
{
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public Side GivenBy => RoleCodes.SideOf(Side);

    /// <summary>Who of the two parties reads it: both once it is shared, before that the side alone.</summary>
    public string SeenBy => ShareTime is null ? Side : "both";

    /// <summary>The entry that the own side alone reads.</summary>
    public JournalEvent GivenEntry() => Parties.Entry("satisfaction", Id, Revision, new SatisfactionGiven { Period = Period }) with
    {
        Visibility = GivenBy == Access.V1.Side.Insurer ? Visibility.Insurer : Visibility.Delegate,
    };

    public SideSatisfactionRow Share(DateTime now) => this with { ShareTime = now, Revision = Revision + 1 };

    public SideSatisfaction ToMessage()
    {
        var message = Json.Parse<SideSatisfaction>(Scores);
        message.Id = Id.ToString();
        message.DelegationId = DelegationId.ToString();
        message.Period = Period;
        message.Side = GivenBy;
        message.GiveTime = Timestamp.FromDateTime(GiveTime);
        message.ShareTime = ShareTime is { } time ? Timestamp.FromDateTime(time) : null;
        message.Etag = Etag.Of(Id, Revision);
        return message;
    }

    /// <summary>Scores as they are kept.</summary>
    public static string Write(IEnumerable<SatisfactionScore> scores) => JsonFormatter.Default.Format(new SideSatisfaction { Scores = { scores } });

    // The generated text would put what is not shared into whatever prints a row.
    public override string ToString() => Id.ToString();
}
