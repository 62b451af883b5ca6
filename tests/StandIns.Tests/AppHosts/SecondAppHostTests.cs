using Aspire.Hosting.Local;

namespace Delegation.StandIns.Tests.AppHosts;

/// <summary>Somebody starts an AppHost that is running already.</summary>
public sealed class SecondAppHostTests
{
    [Fact]
    public async Task It_is_refused_with_the_process_that_runs_and_what_to_do()
    {
        using var first = await AppHostProcess.Start().UntilReadyAsync();

        using var second = AppHostProcess.Start(store: first.Store);

        Assert.Equal(1, await second.EndAsync());
        Assert.Contains($"running already, as process {first.Id} since", second.Output, StringComparison.Ordinal);
        Assert.Contains("Aspire__Store__Path=", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_one_is_not_disturbed()
    {
        using var first = await AppHostProcess.Start().UntilReadyAsync();
        string[] resources = ["service", "family", "stubborn"];
        var before = resources.Select(first.ProcessOf).ToArray();
        // Data that does not outlive the first one's run, such as that of a server without a volume.
        var data = Path.Combine(Directory.CreateDirectory(new LocalState(first.Store, Disposable: false).SessionData).FullName, "row");
        await File.WriteAllTextAsync(data, "in use");

        using var second = AppHostProcess.Start(store: first.Store);
        await second.EndAsync();

        Assert.All(before, process => Assert.True(process.IsAlive));
        Assert.True(File.Exists(data), "the one that was refused deleted the other's data");
        Assert.DoesNotContain("Stopping", first.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_runs_beside_the_first_one_with_data_of_its_own()
    {
        using var first = await AppHostProcess.Start().UntilReadyAsync();
        using var second = await AppHostProcess.Start().UntilReadyAsync();

        Assert.Contains("Ready after", second.Output, StringComparison.Ordinal);
        Assert.NotEqual(first.ProcessOf("service"), second.ProcessOf("service"));
    }

    [Fact]
    public async Task A_fixed_port_that_another_AppHost_has_is_named_with_its_owner_and_the_setting_that_moves_it()
    {
        using var port = Aspire.Hosting.Local.Ports.PortReservation.Any();
        var number = port.Port;
        port.Dispose();
        using var first = await AppHostProcess.Start([$"Service:Port={number}"]).UntilReadyAsync();

        using var second = AppHostProcess.Start([$"Service:Port={number}"]);

        Assert.Equal(1, await second.EndAsync());
        Assert.Contains($"Port {number} of endpoint 'http' of resource 'service' is in use by process {first.ProcessOf("service").Id}", second.Output, StringComparison.Ordinal);
        Assert.Contains("StandIns.Tests.Service", second.Output, StringComparison.Ordinal);
        Assert.Contains("the setting 'Service:Port'", second.Output, StringComparison.Ordinal);
    }
}
