using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Contracts.V1.ClauseReview.Types.State;

namespace Delegation.Contracts.Negotiation;

/// <summary>What one department of one side says of a clause, as the database keeps it.</summary>
internal sealed record ReviewRow
{
    public required Guid ClauseId { get; init; }

    public required string Side { get; init; }

    public required string Department { get; init; }

    public required string State { get; init; }

    public required DateTime Since { get; init; }

    public Guid? PersonId { get; init; }

    public DateTime? StallTime { get; init; }

    public bool IsIn(State state) => State == state.Stored();

    /// <summary>Whose move it is: the reviewing side's, and after its request the other's.</summary>
    public Side PenSide => StoredNames.Read<State>(State) switch
    {
        V1.ClauseReview.Types.State.InProgress => RoleCodes.SideOf(Side),
        V1.ClauseReview.Types.State.ChangeRequested => RoleCodes.SideOf(Side).Other(),
        _ => Access.V1.Side.Unspecified,
    };

    /// <summary>The same after a move of somebody.</summary>
    public ReviewRow Moved(State state, Guid personId, DateTime now) => this with { State = state.Stored(), Since = now, PersonId = personId, StallTime = null };

    public ClauseReview ToMessage(DateTimeOffset now) => new()
    {
        ClauseId = ClauseId.ToString(),
        Side = RoleCodes.SideOf(Side),
        Department = StoredNames.Read<ReviewDepartment>(Department),
        State = StoredNames.Read<State>(State),
        PenSide = PenSide,
        Since = Timestamp.FromDateTime(Since),
        AgeDays = Math.Max(0, (now.UtcDateTime - Since).Days),
        StallTime = StallTime is { } time ? Timestamp.FromDateTime(time) : null,
        PersonId = PersonId?.ToString() ?? "",
    };
}

/// <summary>The two sides of a delegation.</summary>
internal static class Sides
{
    public static readonly Side[] Both = [Side.Insurer, Side.Delegate];

    public static Side Other(this Side side) => side == Side.Insurer ? Side.Delegate : Side.Insurer;
}
