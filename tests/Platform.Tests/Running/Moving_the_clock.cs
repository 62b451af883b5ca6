using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Net.Client;

namespace Delegation.Platform.Tests.Running;

/// <summary>A demonstration lives through months: one file moves the clock of all processes while they run.</summary>
public sealed class Moving_the_clock : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("platform-test-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [PlatformFact]
    public async Task What_is_recorded_after_the_file_was_written_is_of_that_time()
    {
        await using var platform = await AppHostProcess.StartAsync(_data);
        using var channel = GrpcChannel.ForAddress(platform.Address("gateway", "grpc"));
        Assert.InRange(await DaysAheadAsync(), -1, 1);

        await File.WriteAllTextAsync(AppHostProcess.ClockFile(_data), "100.00:00:00");

        await Eventually.Async(async () => await DaysAheadAsync() is > 99 and < 101, TimeSpan.FromSeconds(10));

        async Task<double> DaysAheadAsync()
        {
            var organization = await new Organizations.OrganizationsClient(channel).RegisterOrganizationAsync(
                new RegisterOrganizationRequest { Kind = Organization.Types.Kind.Delegate, LegalName = "La Poste", Siren = "356000000" },
                await platform.CallAsync(),
                DateTime.UtcNow.AddSeconds(20));
            return (organization.CreateTime.ToDateTime() - DateTime.UtcNow).TotalDays;
        }
    }
}
