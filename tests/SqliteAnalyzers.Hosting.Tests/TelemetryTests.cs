using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SqliteAnalyzers.Hosting.Tests;

public class TelemetryTests
{
    [Fact]
    public async Task The_names_are_those_under_which_the_library_tells_what_it_does()
    {
        using var database = new TestDatabase();
        var commits = new ConcurrentQueue<string>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == SqliteTelemetry.MeterName && instrument.Name == "sqlite.commits")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, _, _, _) => commits.Enqueue(instrument.Name));
        meters.Start();
        var activities = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SqliteTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => activities.Enqueue(activity.DisplayName),
        };
        ActivitySource.AddActivityListener(listener);

        await using var host = await TestHost.StartAsync(database);
        await host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (1)");
        await host.StopAsync();

        Assert.NotEmpty(commits);
        Assert.Contains("CHECKPOINT shop.db", activities);
    }
}
