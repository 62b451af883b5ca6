using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Scoping.Generation;
using Delegation.ProjectDelivery.Scoping.Items;
using FsCheck;
using FsCheck.Fluent;
using Effect = Delegation.Delivery.V1.GeneratedItems.Types.Effect;
using Mode = Delegation.Delivery.V1.GuaranteeLine.Types.Mode;
using Money = Delegation.Contracts.V1.Money;

namespace Delegation.ProjectDelivery.Tests.Scoping;

/// <summary>The rules of generating, over random answers and random edits.</summary>
public sealed class Generating_again
{
    private static readonly DateTime Now = new(2026, 3, 2, 9, 30, 0, DateTimeKind.Utc);
    private static readonly ProjectRow Project = new(
        Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "Reprise", "scoping", new DateOnly(2026, 3, 2), null, "contract", Guid.NewGuid(),
        new DateOnly(2026, 1, 1), null, new string('0', 64), Now, 1, Now, Now, 1, null, 0, "");

    private static readonly HashSet<string> AllOrigins = ["guarantee_grid", "take_over", "reports", "third_party_segments", "digital_functions"];

    [Fact]
    public void Twice_in_a_row_changes_nothing() => Prop.ForAll(Relations().ToArbitrary(), drawn =>
    {
        var once = After(Empty, Generate(drawn.Before, Empty));
        return Count(Generate(drawn.Before, once)) == 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_somebody_edited_stays_as_it_is_whatever_the_answers_say_since() => Prop.ForAll(Relations().ToArbitrary(), drawn =>
    {
        var edited = Edit(After(Empty, Generate(drawn.Before, Empty)), drawn.Edits);
        var again = After(edited, Generate(drawn.After, edited));
        return edited.Deliverables.All(item => Keeps(ItemKinds.Deliverables, item, again.Deliverables.Single(other => other.Id == item.Id)))
            && edited.Lots.All(item => Keeps(ItemKinds.TakeOverLots, item, again.Lots.Single(other => other.Id == item.Id)))
            && edited.Reports.All(item => Keeps(ItemKinds.ReportDefinitions, item, again.Reports.Single(other => other.Id == item.Id)))
            && edited.Cases.All(item => Keeps(ItemKinds.AcceptanceCases, item, again.Cases.Single(other => other.Id == item.Id)))
            && Count(Generate(drawn.After, again)) == 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_its_origin_an_item_is_retired_and_one_that_was_edited_is_kept_and_flagged() => Prop.ForAll(Relations().ToArbitrary(), drawn =>
    {
        var edited = Edit(After(Empty, Generate(drawn.Before, Empty)), drawn.Edits);
        var again = After(edited, Generate(drawn.After, edited));
        var wanted = WantedItems.Of(Project, drawn.After).Lots.Select(item => item.OriginKey).ToHashSet();
        return again.Lots.Count >= edited.Lots.Count && again.Lots.All(item =>
            item.State == (wanted.Contains(item.OriginKey) ? ItemStates.Active : item.Edited.Length > 0 ? ItemStates.Orphaned : ItemStates.Retired));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_comes_back_counts_again_with_what_was_edited_of_it()
    {
        var full = Lots("A", "B");
        var first = After(Empty, Generate(full, Empty));
        var edited = first with { Lots = [Rename(first.Lots[0], "À ma façon"), first.Lots[1]] };
        var without = After(edited, Generate(Lots(), edited));
        Assert.Equal([ItemStates.Orphaned, ItemStates.Retired], without.Lots.Select(item => item.State));

        var back = After(without, Generate(full, without));

        Assert.Equal([ItemStates.Active, ItemStates.Active], back.Lots.Select(item => item.State));
        Assert.Equal(["À ma façon", "Lot B"], back.Lots.Select(item => item.Title));
        Assert.Equal(first.Lots.Select(item => item.Id), back.Lots.Select(item => item.Id));
    }

    [Fact]
    public void Who_says_whether_an_item_counts_is_not_overruled()
    {
        var first = After(Empty, Generate(Lots("A"), Empty));
        var dropped = first with { Lots = [ItemEdit.Apply(ItemKinds.TakeOverLots, first.Lots[0], first.Lots[0] with { State = ItemStates.Retired }, Now)] };

        Assert.Equal(0, Count(Generate(Lots("A"), dropped)));
    }

    [Fact]
    public void Items_of_other_questions_stay_as_they_are()
    {
        var first = After(Empty, Generate(Lots("A"), Empty));

        var grid = ProjectDelivery.Scoping.Generation.Generation.Of(Project, new HashSet<string> { "guarantee_grid" }, [new ScopingAnswer { GuaranteeGrid = new GuaranteeGrid() }], first, Guid.NewGuid, Now);

        Assert.Empty(grid.Lots.Changes);
        Assert.DoesNotContain(grid.Deliverables.Changes, change => change.Item.Origin != "guarantee_grid");
    }

    [Fact]
    public void A_deliverable_that_says_something_else_has_to_be_validated_anew()
    {
        var answer = new ScopingAnswer { Functions = new FunctionsAnswer { Functions = { new DigitalFunction { Code = "CARD", Title = "Carte", Audience = DigitalAudience.Members } } } };
        var first = After(Empty, Generate([answer], Empty));
        var validated = first with { Deliverables = [first.Deliverables[0] with { InsurerPersonId = Guid.NewGuid(), InsurerConsentTime = Now, DelegatePersonId = Guid.NewGuid(), DelegateConsentTime = Now }] };
        Assert.True(validated.Deliverables[0].IsValidated);
        Assert.Equal(0, Count(Generate([answer], validated)));

        answer.Functions.Functions[0].Title = "Carte dématérialisée";
        var changed = After(validated, Generate([answer], validated)).Deliverables[0];

        Assert.False(changed.IsValidated);
        Assert.Equal(changed.Revision, changed.ContentRevision);
    }

    private static ExistingItems Empty => new([], [], [], [], []);

    private static Generation Generate(IReadOnlyList<ScopingAnswer> answers, ExistingItems existing) =>
        ProjectDelivery.Scoping.Generation.Generation.Of(Project, AllOrigins, answers, existing, Guid.NewGuid, Now);

    private static ExistingItems After(ExistingItems before, Generation generation) => new(
        After(before.Deliverables, generation.Deliverables), After(before.Lots, generation.Lots), After(before.Reports, generation.Reports),
        After(before.Cases, generation.Cases), After(before.Plan, generation.Plan));

    private static List<T> After<T>(IReadOnlyList<T> before, Reconciled<T> reconciled)
        where T : GeneratedRow
    {
        var changed = reconciled.Changes.Where(change => change.Effect != Effect.Added).ToDictionary(change => change.Item.Id, change => change.Item);
        return [.. before.Select(item => changed.GetValueOrDefault(item.Id, item)), .. reconciled.Changes.Where(change => change.Effect == Effect.Added).Select(change => change.Item)];
    }

    private static int Count(Generation generation) => generation.ToMessage() is var done ? done.Added + done.Changed + done.Retired + done.Orphaned : 0;

    private static bool Keeps<T>(ItemKind<T> kind, T edited, T after)
        where T : GeneratedRow => kind.Fields.Where(field => edited.Edited.Contains(field.Name)).All(field => Equals(field.Read(edited), field.Read(after)));

    // Every n-th item gets other words and amounts.
    private static ExistingItems Edit(ExistingItems items, int every) => items with
    {
        Deliverables = [.. items.Deliverables.Select((item, place) => place % every == 0 ? ItemEdit.Apply(ItemKinds.Deliverables, item, item with { Title = "Autre", DueDay = null }, Now) : item)],
        Lots = [.. items.Lots.Select((item, place) => place % every == 0 ? Rename(item, "Autre") : item)],
        Reports = [.. items.Reports.Select((item, place) => place % every == 0 ? ItemEdit.Apply(ItemKinds.ReportDefinitions, item, item with { DueDays = 99, Recipient = "Autre" }, Now) : item)],
        Cases = [.. items.Cases.Select((item, place) => place % every == 0 ? ItemEdit.Apply(ItemKinds.AcceptanceCases, item, item with { ExpectedCents = 1 }, Now) : item)],
    };

    private static TakeOverLotRow Rename(TakeOverLotRow lot, string title) => ItemEdit.Apply(ItemKinds.TakeOverLots, lot, lot with { Title = title }, Now);

    private static ScopingAnswer[] Lots(params string[] codes) =>
        [new() { TakeOver = new TakeOverAnswer { Parts = { codes.Select(code => new TakeOverPart { Code = code, Category = DataCategory.Premiums, Title = $"Lot {code}", Source = "Système A" }) } } }];

    private static Gen<(ScopingAnswer[] Before, ScopingAnswer[] After, int Edits)> Relations() =>
        from before in Answers()
        from after in Answers()
        from edits in Gen.Choose(1, 4)
        select (before, after, edits);

    // Few codes, so that two drawn answers have some in common.
    private static Gen<ScopingAnswer[]> Answers() =>
        from parts in Subset()
        from count in Gen.Choose(0, 1000)
        from reports in Subset()
        from format in Gen.Elements(ReportFormat.Csv, ReportFormat.Xlsx)
        from segments in Gen.SubListOf(Enum.GetValues<ThirdPartySegment>().Skip(1))
        from functions in Subset()
        from lines in Subset()
        from rate in Gen.Elements(100, 200, 300)
        select new ScopingAnswer[]
        {
            new() { TakeOver = new TakeOverAnswer { Parts = { parts.Select(code => new TakeOverPart { Code = code, Category = DataCategory.Premiums, Title = code, Source = "S", ItemCount = count }) } } },
            new() { Reports = new ReportsAnswer { Reports = { reports.Select(code => new ReportWish { Code = code, Title = code, Kind = ReportKind.Technical, Periodicity = ReportPeriodicity.EachMonth, Format = format, Recipient = "R" }) } } },
            new() { Segments = new SegmentsAnswer { Segments = { segments.Select(segment => new RetainedSegment { Segment = segment, Operator = "Opérateur" }) } } },
            new() { Functions = new FunctionsAnswer { Functions = { functions.Select(code => new DigitalFunction { Code = code, Title = code, Audience = DigitalAudience.Members, OpeningDay = count % 2 == 0 ? "2026-09-01" : "" }) } } },
            new() { GuaranteeGrid = new GuaranteeGrid { Lines = { lines.Select(code => Line(code, rate)) } } },
        };

    private static Gen<IList<string>> Subset() => Gen.SubListOf("A", "B", "C", "D", "E").Select(list => (IList<string>)list);

    private static GuaranteeLine Line(string code, int rate) => new()
    {
        Code = code, Level = "Confort", Label = code, Category = GuaranteeLine.Types.Category.RoutineCare, Mode = Mode.BaseIncludingAmo, RatePpm = rate * 10_000,
        Base = new Money { MinorUnits = 3000, Currency = "EUR" }, AmoRatePpm = 700_000,
    };
}
