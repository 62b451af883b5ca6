using Delegation.Watch.Impact;
using Delegation.Watch.Items;
using Delegation.Watch.Triage;
using Delegation.Watch.V1;
using FsCheck;
using FsCheck.Fluent;
using Kind = Delegation.Watch.V1.ItemDecision.Types.Kind;
using Move = Delegation.Watch.V1.TriageItemRequest.Types.Move;
using State = Delegation.Watch.V1.TrackedItem.Types.State;
using Stream = Delegation.Watch.V1.Item.Types.Stream;

namespace Delegation.Watch.Tests.Items;

/// <summary>The rules of an item's life without a database.</summary>
public sealed class Lives_of_items
{
    private static readonly DateTime Now = new(2026, 3, 1, 9, 0, 0, DateTimeKind.Utc);
    private static readonly Guid Person = Guid.NewGuid();

    [Fact]
    public void In_no_order_of_moves_is_an_item_closed_without_a_reason_or_in_two_states() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<Move[]>().ToArbitrary(),
        moves =>
        {
            var item = New(Stream.Market);
            foreach (var move in moves.Where(StoredNames.IsKnown))
            {
                var before = item;
                var reason = move == Move.Keep ? "" : "Parce que.";
                item = Triaging.Decide(item, move, reason, Person, Now).Match(accepted => accepted.Value, _ => before, _ => before, _ => before, _ => before, _ => before);
                if (item != before && item.Revision != before.Revision + 1)
                    return false;
            }

            // What is closed says who closed it and why; what is new was touched by nobody.
            return item.In switch
            {
                State.New => item is { TriagePersonId: null, Revision: 1 },
                State.Dismissed => item.TriagePersonId == Person && item.TriageReason.Length > 0 && item.Decision is null,
                State.Kept => item.TriagePersonId == Person && item.IsInWork,
                _ => false,
            };
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whoever_dismisses_or_reopens_says_why()
    {
        Assert.Equal("REASON_REQUIRED", Triaging.NeedsAReason(Move.Dismiss, " ")?.Reason);
        Assert.Equal("REASON_REQUIRED", Triaging.NeedsAReason(Move.Reopen, "")?.Reason);
        Assert.Null(Triaging.NeedsAReason(Move.Keep, ""));
    }

    [Theory]
    [InlineData(Kind.Act, "ACTION")]
    [InlineData(Kind.Amend, "AMENDMENT_REQUEST")]
    [InlineData(Kind.Adopt, "STAGE")]
    [InlineData(Kind.NoChange, null)]
    [InlineData(Kind.Drop, null)]
    public void A_decision_rests_on_what_carries_it_out(Kind kind, string? missing)
    {
        Assert.Equal(missing, new Foundations(0, 0).Missing(kind, new Assessment())?.Type);
        Assert.Null(new Foundations(1, 1).Missing(kind, new Assessment { Stage = Assessment.Types.Stage.Adoption }));
    }

    [Fact]
    public void A_novelty_goes_from_proposal_over_pilot_to_adoption_and_skips_none()
    {
        var assessed = New(Stream.Technological) with { Assessment = ProtoJson.Write(new Assessment { Gain = 2, Stage = Assessment.Types.Stage.Proposal }) };

        Assert.Empty(Misfits(assessed, new Assessment { Gain = 2, Stage = Assessment.Types.Stage.Pilot }));
        Assert.Equal(["STAGE_SKIPPED"], Misfits(assessed, new Assessment { Gain = 2, Stage = Assessment.Types.Stage.Adoption }));
        Assert.Equal(["STAGE_SKIPPED"], Misfits(New(Stream.Market), new Assessment { Need = 1, Stage = Assessment.Types.Stage.Pilot }));
    }

    [Fact]
    public void Each_stream_is_rated_on_its_own_axes_and_a_text_with_a_date_needs_a_day_before_it()
    {
        var text = New(Stream.Regulatory) with { DeadlineDay = new DateOnly(2026, 12, 31) };

        Assert.Equal(["RATING_OF_OTHER_STREAM", "RATING_REQUIRED", "INTERNAL_DUE_DAY_REQUIRED"], Misfits(text, new Assessment { Gain = 2 }));
        Assert.Equal(["STAGE_OF_OTHER_STREAM", "INTERNAL_DUE_DAY_AFTER_DEADLINE"], Misfits(text, new Assessment { Business = 2, Stage = Assessment.Types.Stage.Pilot, InternalDueDay = "2027-01-01" }));
        Assert.Empty(Misfits(text, new Assessment { Business = 2, InternalDueDay = "2026-12-31" }));
        Assert.Empty(Misfits(text with { ToleranceDay = new DateOnly(2027, 3, 31) }, new Assessment { Business = 2, InternalDueDay = "2027-01-01" }));
    }

    private static string[] Misfits(TrackedItemRow item, Assessment assessment) => [.. AssessmentFields.Misfits(assessment, item, new DateOnly(2026, 3, 1)).Select(violation => violation.Reason)];

    private static TrackedItemRow New(Stream stream) => new()
    {
        OwnerId = Guid.NewGuid(), Id = Guid.NewGuid(), Stream = stream.Stored(), Title = "Un sujet", Summary = "", Reference = "", Identifiers = [], Link = "", Certainty = "confirmed",
        Sightings = "[]", State = State.New.Stored(), TriageReason = "", CreateTime = Now, UpdateTime = Now, Revision = 1,
    };
}
