package io.trainyard.jobs.run;

import io.trainyard.features.view.Source;
import io.trainyard.features.view.View;
import io.trainyard.features.view.Window;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.ViewConfig;
import java.util.List;

/** The views that the pipeline file declares, as the feature store builds them. */
final class ViewDeclarations {
    private ViewDeclarations() {}

    /** All views, in the order of the file. */
    static List<View> views(Pipeline pipeline) {
        return pipeline.views().keySet().stream()
                .map(name -> view(pipeline, name))
                .toList();
    }

    /** A view by its name, with the views that it is based on. */
    static View view(Pipeline pipeline, String name) {
        ViewConfig config = pipeline.views().get(name);
        List<View> over =
                pipeline.views().containsKey(config.source()) ? List.of(view(pipeline, config.source())) : List.of();
        Source source = over.isEmpty()
                ? Declarations.source(pipeline, config.source())
                : over.get(0).source();
        List<View.EntityColumn> entity = config.entity().stream()
                .map(column -> new View.EntityColumn(column, config.on().getOrDefault(column, column)))
                .toList();
        if (config instanceof ViewConfig.Columns columns) {
            return new View.Columns(
                    name,
                    source,
                    over,
                    entity,
                    columns.columns(),
                    columns.maxAge(),
                    columns.delay(),
                    TestDeclarations.ofView(pipeline, columns.tests()));
        }
        ViewConfig.Aggregates aggregates = (ViewConfig.Aggregates) config;
        return new View.Aggregates(
                name,
                source,
                over,
                entity,
                aggregates.aggregates(),
                aggregates.windows().stream().map(Window::new).toList(),
                aggregates.delay(),
                TestDeclarations.ofView(pipeline, aggregates.tests()));
    }
}
