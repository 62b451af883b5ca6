using System.Text.Json;
using Delegation.Access.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Scoping.Items;
using Delegation.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Delegation.ProjectDelivery.Tests.Scoping;

public sealed class Tables_of_generated_items(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    private static readonly DateTime Now = new(2026, 3, 2, 9, 30, 0, DateTimeKind.Utc);

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task What_was_written_is_read_again_by_both_sides_in_each_of_the_tables()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var sessions = host.Services.GetRequiredService<TenantSessions>();
        var row = await InAsync(Side.Insurer, session => FindAsync(session));

        await RoundTripAsync(ItemTables.Deliverables, Deliverable(row), item => item with { State = ItemStates.Retired, DueDay = null, Revision = 2, InsurerPersonId = Guid.NewGuid(), InsurerConsentTime = Now });
        await RoundTripAsync(ItemTables.TakeOverLots, Lot(row), item => item with { Edited = ["amount_cents", "title"], AmountCents = null, Title = "Décomptes", Revision = 2 });
        await RoundTripAsync(ItemTables.ReportDefinitions, Report(row), item => item with { State = ItemStates.Orphaned, DueDays = 20, Revision = 2 });
        await RoundTripAsync(ItemTables.AcceptanceCases, Case(row), item => item with { ExpectedCents = 100, Revision = 2 });

        async Task RoundTripAsync<T>(ItemTable<T> table, T first, Func<T, T> change)
            where T : GeneratedRow
        {
            var second = change(first);
            await InAsync(Side.Insurer, async session =>
            {
                await table.InsertAsync(session, [first], default);
                Same(first, await table.FindAsync(session, row, first.Id, default));
                await table.UpdateAsync(session, [second], default);
                await session.CommitAsync();
                return 0;
            });
            Same(second, Assert.Single(await InAsync(Side.Delegate, session => table.AllAsync(session, row, default))));
            Same(second, Assert.Single(await InAsync(Side.Delegate, session => table.PageAsync(session, row, second.State, Guid.Empty, 10, default))));
        }

        async Task<ProjectRow> FindAsync(TenantSession session) =>
            ((ServiceDefaults.Outcomes.Outcome<ProjectRow>.Accepted)await session.FindProjectAsync(Guid.Parse(project.Id), default)).Value;

        async Task<TResult> InAsync<TResult>(Side side, Func<TenantSession, Task<TResult>> run)
        {
            var actor = two.On(side);
            await using var session = await sessions.OpenAsync(new Caller(two.Parties.Of(side), host.Scene.PersonOf(actor), new HashSet<string>()) { Side = side }, default);
            return await run(session);
        }
    }

    private static void Same<T>(T expected, T? read) => Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(read));

    private static DeliverableRow Deliverable(ProjectRow project) => new()
    {
        OwnerId = project.OwnerId,
        DelegationId = project.DelegationId,
        DelegateId = project.DelegateId,
        ProjectId = project.Id,
        Id = Guid.CreateVersion7(),
        Origin = "digital_functions",
        OriginKey = "member_space",
        Edited = [],
        State = ItemStates.Active,
        CreateTime = Now,
        UpdateTime = Now,
        Revision = 1,
        Title = "Espace adhérent",
        Description = "Décomptes, attestations\net carte de tiers payant.",
        Side = "delegate",
        DueDay = new DateOnly(2026, 5, 4),
        ContentRevision = 1,
    };

    private static TakeOverLotRow Lot(ProjectRow project) => new()
    {
        OwnerId = project.OwnerId,
        DelegationId = project.DelegationId,
        DelegateId = project.DelegateId,
        ProjectId = project.Id,
        Id = Guid.CreateVersion7(),
        Origin = "take_over",
        OriginKey = "benefits",
        Edited = [],
        State = ItemStates.Active,
        CreateTime = Now,
        UpdateTime = Now,
        Revision = 1,
        Title = "Historique de prestations",
        Category = "benefits",
        Source = "Gestionnaire sortant",
        ItemCount = 1_250_000,
        AmountCents = 9_007_199_254_740_993,
        PersonalData = true,
    };

    private static ReportDefinitionRow Report(ProjectRow project) => new()
    {
        OwnerId = project.OwnerId,
        DelegationId = project.DelegationId,
        DelegateId = project.DelegateId,
        ProjectId = project.Id,
        Id = Guid.CreateVersion7(),
        Origin = "reports",
        OriginKey = "operational_monthly",
        Edited = [],
        State = ItemStates.Active,
        CreateTime = Now,
        UpdateTime = Now,
        Revision = 1,
        Title = "Reporting opérationnel",
        Kind = "operational",
        Periodicity = "monthly",
        DueDays = 10,
        Format = "xlsx",
        Recipient = "Direction des opérations",
    };

    private static AcceptanceCaseRow Case(ProjectRow project) => new()
    {
        OwnerId = project.OwnerId,
        DelegationId = project.DelegationId,
        DelegateId = project.DelegateId,
        ProjectId = project.Id,
        Id = Guid.CreateVersion7(),
        Origin = "guarantee_grid",
        OriginKey = "BASE/CONFORT/CONSULT/at_base",
        Edited = [],
        State = ItemStates.Active,
        CreateTime = Now,
        UpdateTime = Now,
        Revision = 1,
        Title = "Consultation au tarif de base",
        Guarantee = "CONSULT",
        Level = "CONFORT",
        Category = "routine_care",
        SpentCents = 3000,
        BaseCents = 3000,
        AmoRatePpm = 700_000,
        AmoCents = 2100,
        ExpectedCents = 900,
        Formula = "min(200 % × base, frais réels) − régime obligatoire",
    };
}
