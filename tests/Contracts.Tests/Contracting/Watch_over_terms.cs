using System.Globalization;
using Delegation.Access.V1;
using Delegation.Contracts.Tests.LetterOfEngagement;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Tests.Contracting;

/// <summary>No contract ends or renews itself silently.</summary>
public sealed class Watch_over_terms(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Both_sides_are_told_of_renewal_and_end_and_of_what_is_over()
    {
        var (renewing, ending) = (await Conclusion.OpenAsync(host), await Conclusion.OpenAsync(host));
        await renewing.ConcludeAsync(await renewing.AgreeAsync(duration: Conclusion.Duration(term: 14)));
        var contract = await ending.ConcludeAsync(await ending.AgreeAsync(effective: LetterCalls.Day(-100), duration: Conclusion.Duration(runOff: 0)));
        contract = await ending.Contracts().TerminateContractAsync(
            Conclusion.End(contract, LetterCalls.Day(30), TerminationGround.ForCause, "Perte d'agrément."), deadline: People.Deadline);

        // The delegate's notice of 12 months for a term of 14: told at once, and the insurer with six months not yet.
        Assert.Equal([Side.Delegate], await ToldAsync(renewing));
        Assert.Equal([Side.Insurer, Side.Delegate], await ToldAsync(ending));

        MoveClock(TimeSpan.FromDays(75));
        await Eventually.Async(async () => (await ToldAsync(renewing)).Length == 0);
        await Eventually.Async(async () => (await ToldAsync(ending)).Length == 0);
        Assert.Equal(State.InForce, (await ending.ReadAsync(contract)).State);

        MoveClock(TimeSpan.FromDays(200));
        await Eventually.Async(async () => (await ending.ReadAsync(contract)).State == State.Ended);
        var ended = Assert.Single(await host.EntriesOfAsync(ending.Agreement.Parties.Insurer.Id), entry => entry.Event is ContractEnded);
        Assert.Equal((null, null), (ended.OrganizationId, ended.PersonId));
        Assert.Equal(TitleBreach.ContractTerminated, (await ending.TitleAsync(LetterCalls.Day(199))).Breach);
        await Eventually.Async(async () => (await ToldAsync(renewing)) is [Side.Insurer]);
    }

    private async Task<Side[]> ToldAsync(Conclusion conclusion) =>
        [.. (await host.OpenWorkAsync(conclusion.Agreement.Parties.Insurer.Id)).Where(work => work.Kind == "contract.term").Select(work => work.Side)];

    private void MoveClock(TimeSpan offset)
    {
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration["Clock:Offset"] = offset.ToString("c", CultureInfo.InvariantCulture);
        configuration.Reload();
    }
}
