using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Net.Client;

namespace Delegation.Platform.Tests.Running;

/// <summary>A demonstration lives through months: one file moves the clock of all processes while they run.</summary>
[Collection(nameof(MovedPlatform))]
public sealed class Moving_the_clock(MovedPlatform platform)
{
    [PlatformFact]
    public async Task What_is_recorded_after_the_file_was_written_is_of_that_time()
    {
        using var channel = GrpcChannel.ForAddress(platform.Process.Address("gateway", "grpc"));
        var begin = await DaysAheadAsync();
        Assert.InRange(begin - platform.Clock.Ahead.TotalDays, -1, 1);

        await platform.Clock.MoveToAsync(MovedClock.After(platform.Clock.Today, 100));

        await Eventually.Async(async () => await DaysAheadAsync() - begin is > 99 and < 101, TimeSpan.FromSeconds(10));

        async Task<double> DaysAheadAsync()
        {
            var organization = await new Organizations.OrganizationsClient(channel).RegisterOrganizationAsync(
                new RegisterOrganizationRequest { Kind = Organization.Types.Kind.Delegate, LegalName = "La Poste", Siren = "356000000" },
                await platform.Process.CallAsync(),
                DateTime.UtcNow.AddSeconds(20));
            return (organization.CreateTime.ToDateTime() - DateTime.UtcNow).TotalDays;
        }
    }
}
